"""Mail of SES, API v2, of which moto 5.2.1 lacks most. Registered as those of stubs.py."""
import hashlib
import time

from stubs import AwsError, kv, stub, unkv

SECONDS_TO_VERIFY = 5


def arn(call, kind, name):
    return f'arn:aws:ses:{call.region}:{call.account}:{kind}/{name}'


def there(table, name, what):
    if name not in table:
        raise AwsError('NotFoundException', f'{what} {name} does not exist.', 404)
    return table[name]


def identities(call):
    return call.table('ses identities')


def sets(call):
    return call.table('ses configuration sets')


def tags(call):
    return call.table('ses tags')


# ================================================================== configuration sets
@stub('sesv2', 'CreateConfigurationSet')
def create_configuration_set(call):
    p = dict(call.params)
    name = p['ConfigurationSetName']
    if name in sets(call):
        raise AwsError('AlreadyExistsException', f'Configuration set {name} already exists.', 400)
    tags(call)[arn(call, 'configuration-set', name)] = kv(p.pop('Tags', None))
    p.setdefault('ReputationOptions', {'ReputationMetricsEnabled': False})
    p.setdefault('SendingOptions', {'SendingEnabled': True})
    sets(call)[name] = dict(p, destinations={})
    return {}


@stub('sesv2', 'GetConfigurationSet')
def get_configuration_set(call):
    name = call.params['ConfigurationSetName']
    kept = there(sets(call), name, 'Configuration set')
    out = {k: v for k, v in kept.items() if k != 'destinations'}
    out['Tags'] = unkv(tags(call).get(arn(call, 'configuration-set', name), {}))
    return out


@stub('sesv2', 'DeleteConfigurationSet')
def delete_configuration_set(call):
    there(sets(call), call.params['ConfigurationSetName'], 'Configuration set')
    del sets(call)[call.params['ConfigurationSetName']]
    return {}


OPTIONS = {
    'PutConfigurationSetDeliveryOptions': 'DeliveryOptions', 'PutConfigurationSetReputationOptions': 'ReputationOptions',
    'PutConfigurationSetSendingOptions': 'SendingOptions', 'PutConfigurationSetSuppressionOptions': 'SuppressionOptions',
}


@stub('sesv2', *OPTIONS)
def put_options(call):
    p = dict(call.params)
    there(sets(call), p.pop('ConfigurationSetName'), 'Configuration set')[OPTIONS[call.op]] = p
    return {}


# ================================================================== where events go
@stub('sesv2', 'CreateConfigurationSetEventDestination', 'UpdateConfigurationSetEventDestination')
def put_destination(call):
    p = call.params
    destinations = there(sets(call), p['ConfigurationSetName'], 'Configuration set')['destinations']
    name = p['EventDestinationName']
    if call.op.startswith('Create') and name in destinations:
        raise AwsError('AlreadyExistsException', f'Event destination {name} already exists.', 400)
    if call.op.startswith('Update'):
        there(destinations, name, 'Event destination')
    destinations[name] = dict(p['EventDestination'], Name=name)
    return {}


@stub('sesv2', 'GetConfigurationSetEventDestinations')
def get_destinations(call):
    kept = there(sets(call), call.params['ConfigurationSetName'], 'Configuration set')
    return {'EventDestinations': list(kept['destinations'].values())}


@stub('sesv2', 'DeleteConfigurationSetEventDestination')
def delete_destination(call):
    destinations = there(sets(call), call.params['ConfigurationSetName'], 'Configuration set')['destinations']
    there(destinations, call.params['EventDestinationName'], 'Event destination')
    del destinations[call.params['EventDestinationName']]
    return {}


# ================================================================== domains
@stub('sesv2', 'CreateEmailIdentity')
def create_identity(call):
    p = call.params
    name = p['EmailIdentity']
    if name in identities(call):
        raise AwsError('AlreadyExistsException', f'Email identity {name} already exists.', 400)
    if p.get('ConfigurationSetName'):
        there(sets(call), p['ConfigurationSetName'], 'Configuration set')
    tags(call)[arn(call, 'identity', name)] = kv(p.get('Tags'))
    length = (p.get('DkimSigningAttributes') or {}).get('NextSigningKeyLength', 'RSA_2048_BIT')
    identities(call)[name] = {
        'since': time.time(), 'ConfigurationSetName': p.get('ConfigurationSetName'), 'length': length,
        'MailFromAttributes': {'BehaviorOnMxFailure': 'USE_DEFAULT_VALUE'},
    }
    return dict(shown(call, name), DkimAttributes=signed(call, name))


def signed(call, name):
    kept = identities(call)[name]
    found = time.time() - kept['since'] > SECONDS_TO_VERIFY
    return {
        'SigningEnabled': True, 'Status': 'SUCCESS' if found else 'PENDING', 'Tokens': [hashlib.sha1(f'{n}{name}'.encode()).hexdigest()[:32] for n in range(3)],
        'SigningAttributesOrigin': 'AWS_SES', 'CurrentSigningKeyLength': kept['length'], 'NextSigningKeyLength': kept['length'],
        'LastKeyGenerationTimestamp': kept['since'],
    }


def shown(call, name):
    verified = signed(call, name)['Status'] == 'SUCCESS'
    return {'IdentityType': 'DOMAIN', 'VerifiedForSendingStatus': verified}


@stub('sesv2', 'GetEmailIdentity')
def get_identity(call):
    name = call.params['EmailIdentity']
    kept = there(identities(call), name, 'Email identity')
    out = dict(
        shown(call, name), FeedbackForwardingStatus=True, DkimAttributes=signed(call, name), MailFromAttributes=kept['MailFromAttributes'], Policies={},
        VerificationStatus=signed(call, name)['Status'], Tags=unkv(tags(call).get(arn(call, 'identity', name), {})))
    if kept['ConfigurationSetName']:
        out['ConfigurationSetName'] = kept['ConfigurationSetName']
    return out


@stub('sesv2', 'DeleteEmailIdentity')
def delete_identity(call):
    there(identities(call), call.params['EmailIdentity'], 'Email identity')
    del identities(call)[call.params['EmailIdentity']]
    return {}


@stub('sesv2', 'PutEmailIdentityConfigurationSetAttributes')
def put_identity_set(call):
    there(identities(call), call.params['EmailIdentity'], 'Email identity')['ConfigurationSetName'] = call.params.get('ConfigurationSetName')
    return {}


@stub('sesv2', 'PutEmailIdentityDkimSigningAttributes')
def put_signing(call):
    kept = there(identities(call), call.params['EmailIdentity'], 'Email identity')
    kept['length'] = (call.params.get('SigningAttributes') or {}).get('NextSigningKeyLength', kept['length'])
    return {'DkimStatus': 'PENDING', 'DkimTokens': signed(call, call.params['EmailIdentity'])['Tokens']}


@stub('sesv2', 'PutEmailIdentityMailFromAttributes')
def put_mail_from(call):
    p = call.params
    name, domain = p['EmailIdentity'], p.get('MailFromDomain')
    kept = there(identities(call), name, 'Email identity')
    if domain and not domain.endswith('.' + name):
        raise AwsError('BadRequestException', 'The MAIL FROM domain must be a subdomain of the verified identity.', 400)
    kept['MailFromAttributes'] = {'BehaviorOnMxFailure': p.get('BehaviorOnMxFailure') or 'USE_DEFAULT_VALUE'}
    if domain:
        kept['MailFromAttributes'].update(MailFromDomain=domain, MailFromDomainStatus='SUCCESS')
    return {}


# ================================================================== tags
@stub('sesv2', 'ListTagsForResource')
def list_tags(call):
    return {'Tags': unkv(tags(call).get(call.params['ResourceArn'], {}))}


@stub('sesv2', 'TagResource')
def tag(call):
    tags(call).setdefault(call.params['ResourceArn'], {}).update(kv(call.params['Tags']))
    return {}


@stub('sesv2', 'UntagResource')
def untag(call):
    for key in call.params['TagKeys']:
        tags(call).get(call.params['ResourceArn'], {}).pop(key, None)
    return {}

"""What moto 5.2.1 lacks of OpenSearch Service. Registered as those of stubs.py."""
import hashlib
import time

from stubs import AwsError, fill, stub

# Seconds that a domain takes to change. AWS takes up to forty minutes; the provider looks ten
# minutes after it made or deleted one, and a minute after a change.
CHANGING = 20

UPGRADES = {
    'OpenSearch_1.3': ['OpenSearch_2.3', 'OpenSearch_2.5', 'OpenSearch_2.7', 'OpenSearch_2.9', 'OpenSearch_2.11', 'OpenSearch_2.13', 'OpenSearch_2.15', 'OpenSearch_2.17', 'OpenSearch_2.19'],
    'OpenSearch_2.17': ['OpenSearch_2.19'],
    'OpenSearch_2.19': ['OpenSearch_3.1', 'OpenSearch_3.3'],
    'OpenSearch_3.1': ['OpenSearch_3.3'],
}


def invalid(message):
    return AwsError('ValidationException', message, 400)


def zones(call, subnets):
    found = call.moto('ec2').describe_subnets(SubnetIds=subnets)['Subnets']
    return sorted(s['AvailabilityZone'] for s in found), found[0]['VpcId']


def refuse(call, params):
    """What AWS refuses of a domain that is made or changed."""
    cluster, vpc, tune = params.get('ClusterConfig'), params.get('VPCOptions'), params.get('AutoTuneOptions')
    if cluster and cluster['InstanceType'].startswith('t') and tune and tune['DesiredState'] == 'ENABLED':
        raise invalid('Autotune is not supported in t2/t3 instance types. Disable autotune or change your instance type.')
    if cluster and vpc and vpc.get('SubnetIds'):
        wanted = cluster.get('ZoneAwarenessConfig', {}).get('AvailabilityZoneCount', 2) if cluster.get('ZoneAwarenessEnabled') else 1
        if len(vpc['SubnetIds']) != wanted:
            raise invalid('You must specify exactly %s subnet%s.' % ({1: 'one', 2: 'two', 3: 'three'}[wanted], '' if wanted == 1 else 's'))
        if len(set(zones(call, vpc['SubnetIds'])[0])) != wanted:
            raise invalid('You must specify subnets in different availability zones.')


def domain(call):
    """The domain, or AWS's refusal where there is none."""
    name = call.params['DomainName']
    known = call.table('domains').get(name)
    if known is None:
        raise AwsError('ResourceNotFoundException', 'Domain not found: ' + name, 409)
    if known.get('Gone') and known['Gone'] < time.time():
        call.table('domains').pop(name)
        raise AwsError('ResourceNotFoundException', 'Domain not found: ' + name, 409)
    return known


def status(known):
    out = dict(known['Status'])
    out['Processing'] = known['Until'] > time.time()
    out['UpgradeProcessing'] = False
    if known.get('Made', 0) > time.time():
        out.pop('Endpoints', None)
    out['Deleted'] = bool(known.get('Gone'))
    return out


@stub('opensearch', 'CreateDomain')
def create_domain(call):
    p = dict(call.params)
    name = p['DomainName']
    if name in call.table('domains'):
        raise AwsError('ResourceAlreadyExistsException', 'Domain already exists: ' + name, 409)
    refuse(call, p)
    if p.get('VPCOptions'):
        # moto names the role otherwise than AWS.
        if not call.moto('iam').list_roles(PathPrefix='/aws-service-role/opensearchservice.amazonaws.com/')['Roles']:
            raise invalid('Before you can proceed, you must enable a service-linked role to give Amazon OpenSearch Service permissions to access your VPC.')
    for log in p.get('LogPublishingOptions', {}).values():
        group = log['CloudWatchLogsLogGroupArn'].split(':log-group:')[1]
        if not call.moto('logs').describe_log_groups(logGroupNamePrefix=group)['logGroups']:
            raise invalid('The Resource Access Policy specified for the CloudWatch Logs log group %s does not grant sufficient permissions for Amazon OpenSearch Service to create a log stream. '
                          'Please check the Resource Access Policy.' % group)
    digest = hashlib.sha256(name.encode()).hexdigest()[:26]
    tags = p.pop('TagList', [])
    out = {
        'DomainId': call.account + '/' + name, 'ARN': 'arn:aws:es:%s:%s:domain/%s' % (call.region, call.account, name), 'Created': True, 'Deleted': False,
        'AccessPolicies': '', 'SnapshotOptions': {'AutomatedSnapshotStartHour': 0}, 'CognitoOptions': {'Enabled': False}, 'IPAddressType': 'ipv4',
        'AdvancedOptions': {'override_main_response_version': 'false', 'rest.action.multi.allow_explicit_index': 'true'},
        'AIMLOptions': {'NaturalLanguageQueryGenerationOptions': {'DesiredState': 'ENABLED', 'CurrentState': 'ENABLED'}, 'S3VectorsEngine': {'Enabled': False}},
        **p,
    }
    fill(out['ClusterConfig'], {'WarmEnabled': False, 'ColdStorageOptions': {'Enabled': False}})
    security = out.get('AdvancedSecurityOptions', {'Enabled': False})
    security.pop('MasterUserOptions', None)  # AWS does not show it.
    fill(security, {'AnonymousAuthEnabled': False, 'InternalUserDatabaseEnabled': False})
    tune = out.pop('AutoTuneOptions', None) or {'DesiredState': 'DISABLED'}
    out['AutoTuneOptions'] = {'State': tune['DesiredState'], 'UseOffPeakWindow': tune.get('UseOffPeakWindow', False)}
    if p.get('VPCOptions'):
        in_zones, vpc = zones(call, p['VPCOptions']['SubnetIds'])
        out['VPCOptions'] = {**p['VPCOptions'], 'AvailabilityZones': in_zones, 'VPCId': vpc}
        out['Endpoints'] = {'vpc': 'vpc-%s-%s.%s.es.amazonaws.com' % (name, digest, call.region)}
    until = time.time() + CHANGING
    call.table('domains')[name] = {
        'Status': out, 'AutoTune': {'DesiredState': tune['DesiredState'], 'RollbackOnDisable': 'NO_ROLLBACK', 'UseOffPeakWindow': tune.get('UseOffPeakWindow', False)},
        'Tags': {t['Key']: t['Value'] for t in tags}, 'Until': until, 'Made': until,
    }
    return {'DomainStatus': status(call.table('domains')[name])}


@stub('opensearch', 'DescribeDomain')
def describe_domain(call):
    return {'DomainStatus': status(domain(call))}


@stub('opensearch', 'DescribeDomainConfig')
def describe_domain_config(call):
    known = domain(call)
    now = {'CreationDate': 0, 'UpdateDate': 0, 'State': 'Active'}
    out = {k: {'Options': known['Status'][k], 'Status': now} for k in (
        'EngineVersion', 'ClusterConfig', 'EBSOptions', 'AccessPolicies', 'SnapshotOptions', 'VPCOptions', 'EncryptionAtRestOptions', 'NodeToNodeEncryptionOptions', 'AdvancedOptions',
        'LogPublishingOptions', 'DomainEndpointOptions', 'AdvancedSecurityOptions', 'OffPeakWindowOptions', 'SoftwareUpdateOptions') if k in known['Status']}
    out['AutoTuneOptions'] = {'Options': known['AutoTune'], 'Status': {**now, 'State': known['AutoTune']['DesiredState']}}
    return {'DomainConfig': out}


@stub('opensearch', 'UpdateDomainConfig')
def update_domain_config(call):
    known = domain(call)
    if known['Until'] > time.time():
        raise invalid('A change/update is in progress. Please wait for it to complete before requesting another change.')
    p = {k: v for k, v in call.params.items() if k != 'DomainName'}
    tune = p.pop('AutoTuneOptions', None)
    refuse(call, {'ClusterConfig': known['Status']['ClusterConfig'], 'VPCOptions': known['Status'].get('VPCOptions'), 'AutoTuneOptions': tune or known['AutoTune'], **p})
    if tune:
        known['AutoTune'].update(tune)
        known['Status']['AutoTuneOptions']['State'] = tune['DesiredState']
    if 'VPCOptions' in p:
        in_zones, vpc = zones(call, p['VPCOptions']['SubnetIds'])
        p['VPCOptions'] = {**p['VPCOptions'], 'AvailabilityZones': in_zones, 'VPCId': vpc}
    if 'AdvancedSecurityOptions' in p:
        p['AdvancedSecurityOptions'] = {**known['Status']['AdvancedSecurityOptions'], **{k: v for k, v in p['AdvancedSecurityOptions'].items() if k != 'MasterUserOptions'}}
    known['Status'].update(p)
    known['Until'] = time.time() + CHANGING
    return describe_domain_config(call)


@stub('opensearch', 'UpgradeDomain')
def upgrade_domain(call):
    known = domain(call)
    if call.params['TargetVersion'] not in UPGRADES.get(known['Status']['EngineVersion'], []):
        raise invalid('Upgrading from %s to %s is not supported.' % (known['Status']['EngineVersion'], call.params['TargetVersion']))
    known['Status']['EngineVersion'] = call.params['TargetVersion']
    known['Until'] = time.time() + CHANGING
    return {'DomainName': call.params['DomainName'], 'TargetVersion': call.params['TargetVersion'], 'UpgradeId': 'upgrade-1', 'PerformCheckOnly': False}


@stub('opensearch', 'GetUpgradeStatus')
def get_upgrade_status(call):
    done = domain(call)['Until'] <= time.time()
    return {'UpgradeStep': 'UPGRADE', 'StepStatus': 'SUCCEEDED' if done else 'IN_PROGRESS', 'UpgradeName': 'Upgrade'}


@stub('opensearch', 'GetCompatibleVersions')
def get_compatible_versions(call):
    version = domain(call)['Status']['EngineVersion']
    return {'CompatibleVersions': [{'SourceVersion': version, 'TargetVersions': UPGRADES.get(version, [])}]}


@stub('opensearch', 'DeleteDomain')
def delete_domain(call):
    known = domain(call)
    known['Until'] = known['Gone'] = time.time() + CHANGING
    return {'DomainStatus': status(known)}


def tagged(call):
    name = call.params['ARN'].split(':domain/')[1]
    known = call.table('domains').get(name)
    if known is None:
        raise AwsError('ResourceNotFoundException', 'Domain not found: ' + name, 409)
    return known['Tags']


@stub('opensearch', 'ListTags')
def list_tags(call):
    return {'TagList': [{'Key': k, 'Value': v} for k, v in sorted(tagged(call).items())]}


@stub('opensearch', 'AddTags')
def add_tags(call):
    tagged(call).update({t['Key']: t['Value'] for t in call.params['TagList']})
    return {}


@stub('opensearch', 'RemoveTags')
def remove_tags(call):
    for key in call.params['TagKeys']:
        tagged(call).pop(key, None)
    return {}


def domain_in(call, ident):
    """The domain that has network interfaces in a subnet or a security group, if any."""
    for name, known in call.table('domains').items():
        vpc = known['Status'].get('VPCOptions', {})
        if ident in vpc.get('SubnetIds', []) + vpc.get('SecurityGroupIds', []) and known.get('Gone', time.time() + 1) > time.time():
            return name
    return None

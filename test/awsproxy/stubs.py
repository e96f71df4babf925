"""What moto 5.2.1 lacks or gets wrong, as far as a stack needs it. The proxy reloads this file after changes; state (call.table) stays.

    @stub('service', 'Operation', ...)     def f(call): -> dict to answer instead of moto; None to let moto answer; raise AwsError(code, message, status)
    @rewrite('service', 'Operation', ...)  def f(call, out): -> dict to answer instead of moto's answer `out`; None to leave it

`service` is botocore's name (config, logs, elbv2, cloudcontrol). Answers are dicts by the model's member names; the protocol is taken care of.
call.params: the request by member names; call.region, call.account; call.table(name): a dict that lasts, one per region (regional=False: one for all);
call.moto(service): a boto3 client for moto itself. A ClientError of it is passed on as it is.
"""
import base64
import copy
import datetime
import hashlib
import json
import os
import random
import re
import string
import time
import uuid

STUBS, REWRITES = {}, {}


class AwsError(Exception):
    def __init__(self, code, message='', status=400):
        self.code, self.message, self.status = code, message, status


def stub(service, *ops):
    def put(f):
        for op in ops:
            STUBS[service, op] = f
        return f
    return put


def rewrite(service, *ops):
    def put(f):
        for op in ops:
            REWRITES[service, op] = f
        return f
    return put


def now():
    return datetime.datetime.now(datetime.timezone.utc)


def rid(n=14, first='E', alphabet=string.ascii_uppercase + string.digits):
    return first + ''.join(random.choice(alphabet) for _ in range(n - len(first)))


def kv(tags):
    return {t['Key']: t.get('Value', '') for t in tags or []}


def unkv(d):
    return [{'Key': k, 'Value': v} for k, v in d.items()]


def fill(d, defaults):
    """Defaults for what d lacks, recursively."""
    for k, v in defaults.items():
        if d.get(k) is None:
            d[k] = copy.deepcopy(v)
        elif isinstance(v, dict) and isinstance(d[k], dict):
            fill(d[k], v)
    return d


def without(d, *keys):
    return {k: v for k, v in d.items() if k not in keys}


# ================================================================== CloudFront: all of it, because moto drops half of a distribution
NO0 = {'Quantity': 0}
OFF = {'Enabled': False, 'Quantity': 0}
BEHAVIOR = {'TrustedSigners': OFF, 'TrustedKeyGroups': OFF, 'SmoothStreaming': False, 'Compress': False, 'LambdaFunctionAssociations': NO0, 'FunctionAssociations': NO0, 'FieldLevelEncryptionId': '',
            'AllowedMethods': {'Quantity': 2, 'Items': ['HEAD', 'GET'], 'CachedMethods': {'Quantity': 2, 'Items': ['HEAD', 'GET']}}, 'GrpcConfig': {'Enabled': False}}
DISTRIBUTION = {'Aliases': NO0, 'DefaultRootObject': '', 'OriginGroups': NO0, 'CacheBehaviors': NO0, 'CustomErrorResponses': NO0, 'Comment': '', 'Logging': {'Enabled': False, 'IncludeCookies': False, 'Bucket': '', 'Prefix': ''},
                'PriceClass': 'PriceClass_All', 'Restrictions': {'GeoRestriction': {'RestrictionType': 'none', 'Quantity': 0}}, 'WebACLId': '', 'HttpVersion': 'http2', 'IsIPV6Enabled': True, 'ContinuousDeploymentPolicyId': '',
                'Staging': False, 'ViewerCertificate': {'CloudFrontDefaultCertificate': True, 'SSLSupportMethod': 'vip', 'MinimumProtocolVersion': 'TLSv1', 'CertificateSource': 'cloudfront'}}
# Regions that an account has to enable ("Choose an Amazon S3 bucket for your standard logs").
OPT_IN = {'af-south-1', 'ap-east-1', 'ap-south-2', 'ap-southeast-3', 'ap-southeast-4', 'ap-southeast-5', 'ap-southeast-7', 'ca-west-1', 'eu-central-2', 'eu-south-1', 'eu-south-2', 'il-central-1',
          'me-central-1', 'me-south-1', 'mx-central-1'}
ORIGIN = {'OriginPath': '', 'CustomHeaders': NO0, 'ConnectionAttempts': 3, 'ConnectionTimeout': 10, 'OriginShield': {'Enabled': False}, 'OriginAccessControlId': ''}
DEPLOY_SECONDS = float(os.environ.get('CLOUDFRONT_DEPLOY_SECONDS', '2'))
MANAGED_HEADERS = {'67f7725c-6f97-4210-82d7-5512b31e9d03', '60669652-455b-4ae9-85a4-c4c02393f86c', '5cc3b908-e619-4b99-88e5-2cf7f45965bd', 'e61eb60c-9c35-4d20-a928-2b84e02af89c', 'eaab4381-ed33-4a86-88ca-d9558dc6cd63'}


def cf(call, kind):
    return call.table('cloudfront ' + kind, regional=False)


def cf_get(call, kind, key='Id', missing=None):
    t = cf(call, kind)
    i = call.params.get(key)
    if i not in t:
        raise AwsError(missing or 'NoSuch' + kind, f'The specified {kind} does not exist.', 404)
    return t[i]


def cf_match(call, item):
    given = call.params.get('IfMatch')
    if given is None:
        raise AwsError('InvalidIfMatchVersion', 'The If-Match version is missing or not valid for the resource.', 400)
    if given != item['ETag']:
        raise AwsError('PreconditionFailed', 'The precondition given in one or more of the request-header fields evaluated to false.', 412)


def cf_simple(kind, config, first, plural=None, unique='Name', exists=None, missing=None, in_use=None, created='LastModifiedTime', make_id=None, path=None):
    """Create, Get, Get...Config, Update, Delete and List of a kind that is an id and a config."""
    exists, missing, in_use = exists or kind + 'AlreadyExists', missing or 'NoSuch' + kind, in_use or kind + 'InUse'

    def view(it):
        return {'Id': it['Id'], created: it['time'], config: it['cfg']}

    @stub('cloudfront', 'Create' + kind)
    def create(call):
        t = cf(call, kind)
        cfg = copy.deepcopy(call.params[config])
        if any(x['cfg'].get(unique) == cfg.get(unique) for x in t.values()):
            raise AwsError(exists, f'A {kind} with this {unique} already exists.', 409)
        it = {'Id': make_id() if make_id else rid(14, first), 'cfg': cfg, 'time': now(), 'ETag': rid()}
        t[it['Id']] = it
        return {kind: view(it), 'ETag': it['ETag'], 'Location': f'https://cloudfront.amazonaws.com/2020-05-31/{path or kind.lower()}/{it["Id"]}'}

    @stub('cloudfront', 'Get' + kind)
    def get(call):
        it = cf_get(call, kind, missing=missing)
        return {kind: view(it), 'ETag': it['ETag']}

    @stub('cloudfront', f'Get{kind}Config')
    def get_config(call):
        it = cf_get(call, kind, missing=missing)
        return {config: it['cfg'], 'ETag': it['ETag']}

    @stub('cloudfront', 'Update' + kind)
    def update(call):
        it = cf_get(call, kind, missing=missing)
        cf_match(call, it)
        it.update(cfg=copy.deepcopy(call.params[config]), ETag=rid(), time=now())
        return {kind: view(it), 'ETag': it['ETag']}

    @stub('cloudfront', 'Delete' + kind)
    def delete(call):
        it = cf_get(call, kind, missing=missing)
        cf_match(call, it)
        if any(it['Id'] in json.dumps(d['cfg'], default=str) for k in ('Distribution', 'KeyGroup') if k != kind for d in cf(call, k).values()):
            raise AwsError(in_use, f'The {kind} is in use.', 409)
        del cf(call, kind)[it['Id']]
        return {}

    if plural:
        lst = {'OriginAccessControls': 'OriginAccessControlList', 'ResponseHeadersPolicies': 'ResponseHeadersPolicyList', 'CachePolicies': 'CachePolicyList', 'OriginRequestPolicies': 'OriginRequestPolicyList',
               'KeyGroups': 'KeyGroupList', 'PublicKeys': 'PublicKeyList'}[plural]

        @stub('cloudfront', 'List' + plural)
        def listed(call):
            its = list(cf(call, kind).values())
            if plural == 'OriginAccessControls':
                items = [{'Id': x['Id'], **x['cfg']} for x in its]
            elif plural == 'PublicKeys':
                items = [{'Id': x['Id'], 'CreatedTime': x['time'], **without(x['cfg'], 'CallerReference')} for x in its]
            elif plural == 'KeyGroups':
                items = [{'KeyGroup': view(x)} for x in its]
            else:
                items = [{'Type': 'custom', kind: view(x)} for x in its]
            return {lst: {'MaxItems': 100, 'Quantity': len(items), 'IsTruncated': False, 'Marker': '', 'Items': items}}


def uid():
    return str(uuid.uuid4())


cf_simple('OriginAccessControl', 'OriginAccessControlConfig', 'E', 'OriginAccessControls', path='origin-access-control')
cf_simple('ResponseHeadersPolicy', 'ResponseHeadersPolicyConfig', '', 'ResponseHeadersPolicies', make_id=uid, path='response-headers-policy')
cf_simple('CachePolicy', 'CachePolicyConfig', '', 'CachePolicies', make_id=uid, path='cache-policy')
cf_simple('OriginRequestPolicy', 'OriginRequestPolicyConfig', '', 'OriginRequestPolicies', make_id=uid, path='origin-request-policy')
cf_simple('KeyGroup', 'KeyGroupConfig', '', 'KeyGroups', make_id=uid, missing='NoSuchResource', in_use='ResourceInUse', path='key-group')
cf_simple('PublicKey', 'PublicKeyConfig', 'K', 'PublicKeys', created='CreatedTime', path='public-key')


def distribution_config(call, cfg):
    cfg = fill(copy.deepcopy(cfg), DISTRIBUTION)
    vc = cfg['ViewerCertificate']
    if vc.get('ACMCertificateArn') or vc.get('IAMCertificateId'):
        vc['CloudFrontDefaultCertificate'] = False
        vc.update(CertificateSource='acm' if vc.get('ACMCertificateArn') else 'iam', Certificate=vc.get('ACMCertificateArn') or vc.get('IAMCertificateId'))
    for o in cfg['Origins']['Items']:
        fill(o, ORIGIN)
        if not o.get('CustomOriginConfig') and not o.get('VpcOriginConfig'):
            fill(o, {'S3OriginConfig': {'OriginAccessIdentity': ''}})
        if o['OriginAccessControlId'] and o['OriginAccessControlId'] not in cf(call, 'OriginAccessControl'):
            raise AwsError('InvalidOriginAccessControl', f"The origin access control {o['OriginAccessControlId']} does not exist.", 400)
        if '.s3' in o['DomainName'] and o['DomainName'].endswith('.amazonaws.com'):
            try:
                call.moto('s3', 'us-east-1').head_bucket(Bucket=o['DomainName'].split('.s3')[0])
            except Exception:
                raise AwsError('InvalidArgument', f"The parameter Origin DomainName does not refer to a valid S3 bucket.", 400)
    logging = cfg['Logging'].get('Bucket', '')
    if logging:
        bucket = logging.split('.s3')[0]
        try:
            region = call.moto('s3', 'us-east-1').head_bucket(Bucket=bucket)['ResponseMetadata']['HTTPHeaders'].get('x-amz-bucket-region', 'us-east-1')
        except Exception:
            raise AwsError('InvalidArgument', 'The parameter Logging Bucket does not refer to a valid S3 bucket.', 400)
        if region in OPT_IN:
            raise AwsError('AccessDenied', 'Standard logging does not deliver to buckets in regions that are off by default.', 403)
    ids = [o['Id'] for o in cfg['Origins']['Items']] + [g['Id'] for g in cfg['OriginGroups'].get('Items', [])]
    for b in [cfg['DefaultCacheBehavior']] + cfg['CacheBehaviors'].get('Items', []):
        fill(b, BEHAVIOR)
        if b['TargetOriginId'] not in ids:
            raise AwsError('NoSuchOrigin', 'One or more of your origins or origin groups do not exist.', 404)
        p = b.get('ResponseHeadersPolicyId')
        if p and p not in cf(call, 'ResponseHeadersPolicy') and p not in MANAGED_HEADERS:
            raise AwsError('NoSuchResponseHeadersPolicy', f'The specified response headers policy {p} does not exist.', 404)
        for g in b['TrustedKeyGroups'].get('Items', []):
            if g not in cf(call, 'KeyGroup'):
                raise AwsError('TrustedKeyGroupDoesNotExist', 'The specified key group does not exist.', 400)
    if cfg['WebACLId'].startswith('arn:'):
        m = re.match(r'arn:aws:wafv2:us-east-1:\d+:global/webacl/([^/]+)/(.+)$', cfg['WebACLId'])
        try:
            call.moto('wafv2', 'us-east-1').get_web_acl(Name=m.group(1), Scope='CLOUDFRONT', Id=m.group(2))
        except Exception:
            raise AwsError('InvalidWebACLId', f"Web ACL is not accessible by the requester: {cfg['WebACLId']}", 400)
    return cfg


def distribution_view(it):
    done = time.time() >= it['deployed']
    signers = {'Enabled': False, 'Quantity': 0}
    return {'Id': it['Id'], 'ARN': it['ARN'], 'Status': 'Deployed' if done else 'InProgress', 'LastModifiedTime': it['time'], 'InProgressInvalidationBatches': 0, 'DomainName': it['domain'], 'ActiveTrustedSigners': signers,
            'ActiveTrustedKeyGroups': signers, 'DistributionConfig': it['cfg'], 'AliasICPRecordals': [{'CNAME': a, 'ICPRecordalStatus': 'APPROVED'} for a in it['cfg']['Aliases'].get('Items', [])] or None}


@stub('cloudfront', 'CreateDistribution', 'CreateDistributionWithTags')
def create_distribution(call):
    with_tags = call.params.get('DistributionConfigWithTags')
    raw = with_tags['DistributionConfig'] if with_tags else call.params['DistributionConfig']
    t = cf(call, 'Distribution')
    if any(x['cfg']['CallerReference'] == raw['CallerReference'] for x in t.values()):
        raise AwsError('DistributionAlreadyExists', 'The caller reference that you are using to create a distribution is associated with another distribution.', 409)
    taken = {a for x in t.values() for a in x['cfg']['Aliases'].get('Items', [])}
    if taken & set(raw.get('Aliases', {}).get('Items', [])):
        raise AwsError('CNAMEAlreadyExists', 'One or more of the CNAMEs you provided are already associated with a different resource.', 409)
    cfg = distribution_config(call, raw)
    i = rid(14, 'E')
    it = {'Id': i, 'ARN': f'arn:aws:cloudfront::{call.account}:distribution/{i}', 'cfg': cfg, 'time': now(), 'ETag': rid(), 'domain': 'd' + rid(13, '', string.ascii_lowercase + string.digits) + '.cloudfront.net',
          'deployed': time.time() + DEPLOY_SECONDS}
    t[i] = it
    cf(call, 'tags')[it['ARN']] = kv((with_tags or {}).get('Tags', {}).get('Items'))
    return {'Distribution': distribution_view(it), 'ETag': it['ETag'], 'Location': f'https://cloudfront.amazonaws.com/2020-05-31/distribution/{i}'}


@stub('cloudfront', 'GetDistribution')
def get_distribution(call):
    it = cf_get(call, 'Distribution')
    return {'Distribution': distribution_view(it), 'ETag': it['ETag']}


@stub('cloudfront', 'GetDistributionConfig')
def get_distribution_config(call):
    it = cf_get(call, 'Distribution')
    return {'DistributionConfig': it['cfg'], 'ETag': it['ETag']}


@stub('cloudfront', 'UpdateDistribution')
def update_distribution(call):
    it = cf_get(call, 'Distribution')
    cf_match(call, it)
    if call.params['DistributionConfig'].get('CallerReference') != it['cfg']['CallerReference']:
        raise AwsError('IllegalUpdate', 'The update contains modifications that are not allowed: CallerReference.', 400)
    it.update(cfg=distribution_config(call, call.params['DistributionConfig']), ETag=rid(), time=now(), deployed=time.time() + DEPLOY_SECONDS)
    return {'Distribution': distribution_view(it), 'ETag': it['ETag']}


@stub('cloudfront', 'DeleteDistribution')
def delete_distribution(call):
    it = cf_get(call, 'Distribution')
    cf_match(call, it)
    if it['cfg']['Enabled'] or time.time() < it['deployed']:
        raise AwsError('DistributionNotDisabled', 'The distribution you are trying to delete has not been disabled.', 409)
    del cf(call, 'Distribution')[it['Id']]
    cf(call, 'tags').pop(it['ARN'], None)
    return {}


@stub('cloudfront', 'ListDistributions')
def list_distributions(call):
    items = []
    for it in cf(call, 'Distribution').values():
        v = distribution_view(it)
        items.append({**{k: it['cfg'].get(k) for k in ('Aliases', 'Origins', 'OriginGroups', 'DefaultCacheBehavior', 'CacheBehaviors', 'CustomErrorResponses', 'Comment', 'PriceClass', 'Enabled', 'ViewerCertificate', 'Restrictions', 'WebACLId',
                                                          'HttpVersion', 'IsIPV6Enabled', 'Staging')}, **{k: v[k] for k in ('Id', 'ARN', 'Status', 'LastModifiedTime', 'DomainName')}})
    return {'DistributionList': {'Marker': '', 'MaxItems': 100, 'IsTruncated': False, 'Quantity': len(items), 'Items': items}}


@stub('cloudfront', 'ListTagsForResource')
def cf_list_tags(call):
    t = cf(call, 'tags').get(call.params['Resource'])
    if t is None:
        raise AwsError('NoSuchResource', 'The specified resource does not exist.', 404)
    return {'Tags': {'Items': unkv(t)}}


@stub('cloudfront', 'TagResource')
def cf_tag(call):
    cf(call, 'tags').setdefault(call.params['Resource'], {}).update(kv(call.params['Tags'].get('Items')))
    return {}


@stub('cloudfront', 'UntagResource')
def cf_untag(call):
    for k in call.params['TagKeys'].get('Items', []):
        cf(call, 'tags').get(call.params['Resource'], {}).pop(k, None)
    return {}


@stub('cloudfront', 'CreateInvalidation')
def create_invalidation(call):
    cf_get(call, 'Distribution', 'DistributionId')
    v = {'Id': rid(14, 'I'), 'Status': 'Completed', 'CreateTime': now(), 'InvalidationBatch': call.params['InvalidationBatch']}
    cf(call, 'Invalidation')[v['Id']] = v
    return {'Invalidation': v, 'Location': f"https://cloudfront.amazonaws.com/2020-05-31/distribution/{call.params['DistributionId']}/invalidation/{v['Id']}"}


@stub('cloudfront', 'GetInvalidation')
def get_invalidation(call):
    return {'Invalidation': cf_get(call, 'Invalidation')}


@stub('cloudfront', 'CreateMonitoringSubscription')
def create_monitoring(call):
    cf(call, 'Monitoring')[call.params['DistributionId']] = call.params['MonitoringSubscription']
    return {'MonitoringSubscription': call.params['MonitoringSubscription']}


@stub('cloudfront', 'GetMonitoringSubscription')
def get_monitoring(call):
    return {'MonitoringSubscription': cf_get(call, 'Monitoring', 'DistributionId', 'NoSuchMonitoringSubscription')}


@stub('cloudfront', 'DeleteMonitoringSubscription')
def delete_monitoring(call):
    cf(call, 'Monitoring').pop(call.params['DistributionId'], None)
    return {}


def function_summary(it, stage):
    return {'Name': it['Name'], 'Status': 'UNASSOCIATED' if stage == 'LIVE' else 'UNPUBLISHED', 'FunctionConfig': it['cfg'][stage],
            'FunctionMetadata': {'FunctionARN': it['ARN'], 'Stage': stage, 'CreatedTime': it['time'], 'LastModifiedTime': it['time']}}


@stub('cloudfront', 'CreateFunction')
def create_function(call):
    n, t = call.params['Name'], cf(call, 'Function')
    if n in t:
        raise AwsError('FunctionAlreadyExists', 'A function with the same name already exists.', 409)
    t[n] = it = {'Name': n, 'ARN': f'arn:aws:cloudfront::{call.account}:function/{n}', 'cfg': {'DEVELOPMENT': call.params['FunctionConfig']}, 'code': {'DEVELOPMENT': call.params['FunctionCode']}, 'time': now(), 'ETag': rid()}
    return {'FunctionSummary': function_summary(it, 'DEVELOPMENT'), 'ETag': it['ETag'], 'Location': f'https://cloudfront.amazonaws.com/2020-05-31/function/{it["ARN"]}'}


def cf_function(call):
    it = cf_get(call, 'Function', 'Name', 'NoSuchFunctionExists')
    stage = call.params.get('Stage', 'DEVELOPMENT')
    if stage not in it['cfg']:
        raise AwsError('NoSuchFunctionExists', 'The function does not exist.', 404)
    return it, stage


@stub('cloudfront', 'DescribeFunction')
def describe_function(call):
    it, stage = cf_function(call)
    return {'FunctionSummary': function_summary(it, stage), 'ETag': it['ETag']}


@stub('cloudfront', 'GetFunction')
def get_function_code(call):
    it, stage = cf_function(call)
    return {'FunctionCode': it['code'][stage], 'ETag': it['ETag'], 'ContentType': 'application/octet-stream'}


@stub('cloudfront', 'UpdateFunction')
def update_function(call):
    it, _ = cf_function(call)
    cf_match(call, it)
    it['cfg']['DEVELOPMENT'], it['code']['DEVELOPMENT'], it['ETag'] = call.params['FunctionConfig'], call.params['FunctionCode'], rid()
    return {'FunctionSummary': function_summary(it, 'DEVELOPMENT'), 'ETag': it['ETag']}


@stub('cloudfront', 'PublishFunction')
def publish_function(call):
    it, _ = cf_function(call)
    cf_match(call, it)
    it['cfg']['LIVE'], it['code']['LIVE'] = it['cfg']['DEVELOPMENT'], it['code']['DEVELOPMENT']
    return {'FunctionSummary': function_summary(it, 'LIVE')}


@stub('cloudfront', 'DeleteFunction')
def delete_function(call):
    it, _ = cf_function(call)
    cf_match(call, it)
    if any(it['ARN'] in json.dumps(d['cfg'], default=str) for d in cf(call, 'Distribution').values()):
        raise AwsError('FunctionInUse', 'The function is in use.', 409)
    del cf(call, 'Function')[it['Name']]
    return {}


# ================================================================== S3
@stub('s3', 'CreateBucket')
def s3_create_bucket(call):
    """moto drops the tags of CreateBucketConfiguration, with which the provider makes a bucket."""
    cfg = dict(call.params.get('CreateBucketConfiguration') or {})
    tags = cfg.pop('Tags', None)
    if not tags:
        return None
    s3 = call.moto('s3')
    kw = without(call.params, 'CreateBucketConfiguration')
    if cfg:
        kw['CreateBucketConfiguration'] = cfg
    out = s3.create_bucket(**kw)
    s3.put_bucket_tagging(Bucket=call.params['Bucket'], Tagging={'TagSet': tags})
    return {'Location': out.get('Location') or '/' + call.params['Bucket']}


@stub('s3', 'PutBucketPolicy')
def s3_put_policy(call):
    """moto ignores the conditions of Deny statements for all principals, which would block all access to objects. It gets only the other statements."""
    b, text = call.params['Bucket'], call.params['Policy']
    try:
        doc = json.loads(text)
        allows = [s for s in (doc['Statement'] if isinstance(doc['Statement'], list) else [doc['Statement']]) if s.get('Effect') != 'Deny']
    except (ValueError, KeyError, TypeError):
        raise AwsError('MalformedPolicy', 'Policies must be valid JSON and the first byte must be \'{\'')
    s3 = call.moto('s3')
    if allows:
        s3.put_bucket_policy(Bucket=b, Policy=json.dumps({**doc, 'Statement': allows}))
    else:
        s3.delete_bucket_policy(Bucket=b)
    call.table('s3 policy', regional=False)[b] = text
    return {}


@stub('s3', 'GetBucketPolicy')
def s3_get_policy(call):
    text = call.table('s3 policy', regional=False).get(call.params['Bucket'])
    return {'Policy': text} if text is not None else None


@stub('s3', 'DeleteBucketPolicy', 'DeleteBucket')
def s3_delete_policy(call):
    call.table('s3 policy', regional=False).pop(call.params['Bucket'], None)
    if call.op == 'DeleteBucket':
        call.table('s3 eventbridge', regional=False).pop(call.params['Bucket'], None)
    return None


@stub('s3', 'PutBucketNotificationConfiguration')
def s3_put_notification(call):
    """moto does not answer EventBridgeConfiguration."""
    t = call.table('s3 eventbridge', regional=False)
    t[call.params['Bucket']] = 'EventBridgeConfiguration' in call.params.get('NotificationConfiguration', {})
    return None


@rewrite('s3', 'GetBucketNotificationConfiguration')
def s3_get_notification(call, out):
    if call.table('s3 eventbridge', regional=False).get(call.params['Bucket']):
        return {**out, 'EventBridgeConfiguration': {}}


@rewrite('s3', 'ListBuckets')
def s3_list_buckets(call, out):
    """One canonical id of the account: moto answers another one here than in ACLs."""
    b = (out.get('Buckets') or [{}])[0].get('Name')
    if b:
        out['Owner'] = call.moto('s3').get_bucket_acl(Bucket=b)['Owner']
        return out


# ================================================================== KMS
@stub('kms', 'EnableKeyRotation', 'DisableKeyRotation')
def kms_rotation(call):
    call.table('kms rotation')[call.params['KeyId'].rsplit('/', 1)[-1]] = call.params.get('RotationPeriodInDays') or 365
    return None


@rewrite('kms', 'GetKeyRotationStatus')
def kms_rotation_status(call, out):
    key = call.params['KeyId'].rsplit('/', 1)[-1]
    if out.get('KeyRotationEnabled'):
        days = call.table('kms rotation').get(key, 365)
        return {**out, 'KeyId': key, 'RotationPeriodInDays': days, 'NextRotationDate': now() + datetime.timedelta(days=days)}


# ================================================================== EC2
def nat_addresses(call, g):
    for i, a in enumerate(g.get('NatGatewayAddresses') or []):
        fill(a, {'IsPrimary': i == 0, 'Status': 'succeeded', 'AssociationId': 'eipassoc-' + hashlib.sha1(str(a).encode()).hexdigest()[:17]})


@rewrite('ec2', 'CreateNatGateway')
def nat_created(call, out):
    nat_addresses(call, out['NatGateway'])
    return out


@rewrite('ec2', 'DescribeNatGateways')
def nat_described(call, out):
    for g in out.get('NatGateways', []):
        nat_addresses(call, g)
    return out


@stub('ec2', 'CreateNetworkAclEntry', 'ReplaceNetworkAclEntry')
def nacl_entry(call):
    """moto drops the type and code of ICMP."""
    p = call.params
    call.table('nacl icmp')[p['NetworkAclId'], p['RuleNumber'], p['Egress']] = p.get('IcmpTypeCode')
    return None


@rewrite('ec2', 'DeleteVpc')
def vpc_deleted(call, out):
    call.table('vpc deleted')[call.params['VpcId']] = now()
    return None


@rewrite('ec2', 'DescribeNetworkAcls')
def nacl_described(call, out):
    # moto keeps the default one of a network that is gone.
    out['NetworkAcls'] = [a for a in out.get('NetworkAcls', []) if a['VpcId'] not in call.table('vpc deleted')]
    t = call.table('nacl icmp')
    for a in out['NetworkAcls']:
        for e in a.get('Entries', []):
            ic = t.get((a['NetworkAclId'], e['RuleNumber'], e['Egress']))
            if ic and e.get('Protocol') in ('1', '58'):
                e['IcmpTypeCode'] = ic
                e.pop('PortRange', None)
    return out


def rule_key(r):
    ref = (r.get('ReferencedGroupInfo') or {}).get('GroupId')
    return (r.get('IpProtocol'), r.get('FromPort'), r.get('ToPort'), r.get('CidrIpv4') or r.get('CidrIpv6') or r.get('PrefixListId') or ref)


def sg_overlay(call, rules):
    t = call.table('sg rule')
    for r in rules:
        r.setdefault('GroupOwnerId', call.account)
        r.setdefault('SecurityGroupRuleArn', f"arn:aws:ec2:{call.region}:{call.account}:security-group-rule/{r.get('SecurityGroupRuleId')}")
        if r.get('ReferencedGroupInfo'):
            r['ReferencedGroupInfo'] = {k: v for k, v in r['ReferencedGroupInfo'].items() if k in ('GroupId', 'UserId', 'VpcId', 'PeeringStatus', 'VpcPeeringConnectionId')}
            r['ReferencedGroupInfo'].setdefault('UserId', call.account)
        d = t.get(r.get('SecurityGroupRuleId'))
        if d:
            r['Description'] = d
    return rules


@rewrite('ec2', 'AuthorizeSecurityGroupIngress', 'AuthorizeSecurityGroupEgress')
def sg_authorized(call, out):
    """moto keeps a rule's description for CIDR blocks only."""
    said = {}
    for p in call.params.get('IpPermissions', []):
        for lst, at in (('IpRanges', 'CidrIp'), ('Ipv6Ranges', 'CidrIpv6'), ('PrefixListIds', 'PrefixListId'), ('UserIdGroupPairs', 'GroupId')):
            for x in p.get(lst, []):
                said[x.get(at)] = x.get('Description')
    for r in out.get('SecurityGroupRules', []):
        d = said.get(rule_key(r)[3])
        if d:
            call.table('sg rule')[r['SecurityGroupRuleId']] = d
    sg_overlay(call, out.get('SecurityGroupRules', []))
    return out


@stub('ec2', 'ModifySecurityGroupRules')
def sg_modified(call):
    for r in call.params.get('SecurityGroupRules', []):
        call.table('sg rule')[r['SecurityGroupRuleId']] = (r.get('SecurityGroupRule') or {}).get('Description')
    return None


@rewrite('ec2', 'DescribeSecurityGroupRules')
def sg_rules(call, out):
    sg_overlay(call, out.get('SecurityGroupRules', []))
    return out


# ================================================================== RDS
PG = {'11': '11.22', '12': '12.22', '13': '13.20', '14': '14.17', '15': '15.12', '16': '16.8', '17': '17.4', '18': '18.3'}
MY = {'8.0': '8.0.46', '8.4': '8.4.9', '10.6': '10.6.25', '10.11': '10.11.16', '11.4': '11.4.10', '11.8': '11.8.6'}
RDS_KEEP = ('PerformanceInsightsRetentionPeriod', 'MonitoringInterval', 'MonitoringRoleArn', 'NetworkType', 'EngineLifecycleSupport', 'DatabaseInsightsMode', 'CustomerOwnedIpEnabled', 'DedicatedLogVolume',
            'StorageThroughput', 'Iops', 'MultiTenant', 'MaxAllocatedStorage', 'CACertificateIdentifier')


@stub('rds', 'CreateDBInstance', 'ModifyDBInstance', 'RestoreDBInstanceFromDBSnapshot', 'RestoreDBInstanceToPointInTime', 'CreateDBInstanceReadReplica')
def rds_remember(call):
    p = call.params
    t = call.table('rds instance').setdefault((p.get('DBInstanceIdentifier') or p.get('TargetDBInstanceIdentifier') or '').lower(), {})
    if call.op.startswith('Create') or call.op.startswith('Restore'):
        t.clear()
        t['DbiResourceId'] = 'db-' + base64.b32encode(hashlib.sha256((call.region + str(p) + str(time.time())).encode()).digest()).decode()[:26]
    t.update({k: p[k] for k in RDS_KEEP if p.get(k) is not None})
    if p.get('EnablePerformanceInsights') is not None:
        t['PerformanceInsightsEnabled'] = p['EnablePerformanceInsights']
    if p.get('PerformanceInsightsKMSKeyId'):
        t['PerformanceInsightsKMSKeyId'] = p['PerformanceInsightsKMSKeyId']
    if p.get('EnableIAMDatabaseAuthentication') is not None:
        t['IAMDatabaseAuthenticationEnabled'] = p['EnableIAMDatabaseAuthentication']
    return None


def rds_overlay(call, i):
    t = call.table('rds instance').get(i.get('DBInstanceIdentifier', '').lower(), {})
    i.update({k: v for k, v in t.items()})
    fill(i, {'NetworkType': 'IPV4', 'EngineLifecycleSupport': 'open-source-rds-extended-support', 'DatabaseInsightsMode': 'standard', 'CustomerOwnedIpEnabled': False, 'DedicatedLogVolume': False, 'ActivityStreamStatus': 'stopped',
             'MonitoringInterval': 0, 'PerformanceInsightsEnabled': False, 'StorageThroughput': 0, 'BackupTarget': 'region'})
    if i.get('StorageType') == 'gp3' and not i.get('Iops'):
        i['Iops'] = 3000
        i['StorageThroughput'] = i.get('StorageThroughput') or 125
    minors = {'postgres': PG, 'mysql': MY, 'mariadb': MY}.get(i.get('Engine'), {})
    i['EngineVersion'] = minors.get(i.get('EngineVersion'), i.get('EngineVersion'))
    if i.get('MonitoringRoleArn') and i.get('MonitoringInterval'):
        i.setdefault('EnhancedMonitoringResourceArn', f"arn:aws:logs:{call.region}:{call.account}:log-group:RDSOSMetrics:log-stream:{i.get('DbiResourceId')}")
    return i


@rewrite('rds', 'CreateDBInstance', 'ModifyDBInstance', 'RestoreDBInstanceFromDBSnapshot', 'RestoreDBInstanceToPointInTime', 'DeleteDBInstance', 'RebootDBInstance', 'StartDBInstance', 'StopDBInstance', 'CreateDBInstanceReadReplica')
def rds_instance(call, out):
    if out.get('DBInstance'):
        rds_overlay(call, out['DBInstance'])
        return out


@stub('rds', 'DescribeDBInstances')
def rds_describe(call):
    """moto gives all instances one DbiResourceId, by which the provider finds them."""
    kw = {k: v for k, v in call.params.items() if k in ('DBInstanceIdentifier',)}
    filters = {f['Name']: f['Values'] for f in call.params.get('Filters') or []}
    if str(kw.get('DBInstanceIdentifier', '')).startswith('db-') and kw['DBInstanceIdentifier'].isupper():
        filters['dbi-resource-id'] = [kw.pop('DBInstanceIdentifier')]
    rest = [{'Name': n, 'Values': v} for n, v in filters.items() if n not in ('dbi-resource-id',)]
    out = call.moto('rds').describe_db_instances(**kw, **({'Filters': rest} if rest else {}))
    found = [rds_overlay(call, i) for i in out['DBInstances']]
    if 'dbi-resource-id' in filters:
        found = [i for i in found if i['DbiResourceId'] in filters['dbi-resource-id']]
    return {'DBInstances': found}


@stub('rds', 'ModifyDBSubnetGroup')
def rds_subnets(call):
    """moto loses the group, so this creates it again with its tags."""
    r, n = call.moto('rds'), call.params['DBSubnetGroupName']
    old = r.describe_db_subnet_groups(DBSubnetGroupName=n)['DBSubnetGroups'][0]
    tags = r.list_tags_for_resource(ResourceName=old['DBSubnetGroupArn'])['TagList']
    r.delete_db_subnet_group(DBSubnetGroupName=n)
    out = r.create_db_subnet_group(DBSubnetGroupName=n, DBSubnetGroupDescription=call.params.get('DBSubnetGroupDescription') or old['DBSubnetGroupDescription'], SubnetIds=call.params['SubnetIds'], Tags=tags)
    out['DBSubnetGroup']['SupportedNetworkTypes'] = ['IPV4']
    return {'DBSubnetGroup': out['DBSubnetGroup']}


@rewrite('rds', 'CreateDBSubnetGroup', 'DescribeDBSubnetGroups')
def rds_subnet_group(call, out):
    for g in out.get('DBSubnetGroups', []) + ([out['DBSubnetGroup']] if out.get('DBSubnetGroup') else []):
        g.setdefault('SupportedNetworkTypes', ['IPV4'])
    return out


@stub('rds', 'ResetDBParameterGroup')
def rds_reset(call):
    t = call.table('rds reset').setdefault(call.params['DBParameterGroupName'], set())
    if call.params.get('ResetAllParameters'):
        ps = call.moto('rds').describe_db_parameters(DBParameterGroupName=call.params['DBParameterGroupName'])['Parameters']
        t |= {p['ParameterName'] for p in ps}
    t |= {p['ParameterName'] for p in call.params.get('Parameters') or []}
    return {'DBParameterGroupName': call.params['DBParameterGroupName']}


@stub('rds', 'ModifyDBParameterGroup')
def rds_parameters(call):
    t = call.table('rds reset').setdefault(call.params['DBParameterGroupName'], set())
    t -= {p['ParameterName'] for p in call.params.get('Parameters') or []}
    kept = call.table('rds parameters').setdefault(call.params['DBParameterGroupName'], {})
    kept.update({p['ParameterName']: p for p in call.params.get('Parameters') or []})
    return None


@stub('rds', 'DeleteDBParameterGroup', 'CreateDBParameterGroup')
def rds_parameter_group_gone(call):
    call.table('rds reset').pop(call.params['DBParameterGroupName'], None)
    call.table('rds parameters').pop(call.params['DBParameterGroupName'], None)


@rewrite('rds', 'DescribeDBParameters')
def rds_parameters_described(call, out):
    reset = call.table('rds reset').get(call.params['DBParameterGroupName'], set())
    out['Parameters'] = [{**p, 'Source': p.get('Source') or 'user', 'IsModifiable': True, 'ApplyType': 'dynamic', 'DataType': 'string'} for p in out.get('Parameters', []) if p['ParameterName'] not in reset]
    return out


@stub('rds', 'ModifyEventSubscription', 'AddSourceIdentifierToSubscription', 'RemoveSourceIdentifierFromSubscription')
def rds_subscription(call):
    r, n = call.moto('rds'), call.params['SubscriptionName']
    s = r.describe_event_subscriptions(SubscriptionName=n)['EventSubscriptionsList'][0]
    t = call.table('rds subscription').setdefault(n, {})
    p = call.params
    for k, at in (('SnsTopicArn', 'SnsTopicArn'), ('SourceType', 'SourceType'), ('EventCategories', 'EventCategoriesList'), ('Enabled', 'Enabled')):
        if p.get(k) is not None:
            t[at] = p[k]
    ids = list(t.get('SourceIdsList', s.get('SourceIdsList') or []))
    if call.op.startswith('Add'):
        ids.append(p['SourceIdentifier'])
        t['SourceIdsList'] = ids
    if call.op.startswith('Remove'):
        t['SourceIdsList'] = [i for i in ids if i != p['SourceIdentifier']]
    return {'EventSubscription': {**s, 'CustomerAwsId': call.account, **t}}


@rewrite('rds', 'CreateEventSubscription', 'DescribeEventSubscriptions', 'DeleteEventSubscription')
def rds_subscriptions(call, out):
    t = call.table('rds subscription')
    for s in out.get('EventSubscriptionsList', []) + ([out['EventSubscription']] if out.get('EventSubscription') else []):
        s['CustomerAwsId'] = call.account
        if call.op == 'DescribeEventSubscriptions':
            s.update(t.get(s['CustSubscriptionId'], {}))
        else:
            t.pop(s['CustSubscriptionId'], None)
    return out


# ================================================================== CloudWatch: composite alarms
def composite(call):
    return call.table('composite alarm')


@stub('cloudwatch', 'PutCompositeAlarm')
def put_composite(call):
    p = call.params
    rule = p['AlarmRule']
    named = {m.split(':alarm:')[-1] for m in re.findall(r'(?:ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*"?([^")]+?)"?\s*\)', rule)}
    cw = call.moto('cloudwatch')
    have = set(composite(call))
    for i in range(0, len(named), 90):
        have |= {a['AlarmName'] for a in cw.describe_alarms(AlarmNames=sorted(named)[i:i + 90])['MetricAlarms']}
    lost = sorted(named - have)
    if lost:
        raise AwsError('ValidationError', f'Could not save the composite alarm as alarms [{", ".join(lost)}] in the alarm rule do not exist')
    n = p['AlarmName']
    old = composite(call).get(n)
    it = {'AlarmName': n, 'AlarmArn': f'arn:aws:cloudwatch:{call.region}:{call.account}:alarm:{n}', 'ActionsEnabled': p.get('ActionsEnabled', True), 'AlarmActions': p.get('AlarmActions', []), 'OKActions': p.get('OKActions', []),
          'InsufficientDataActions': p.get('InsufficientDataActions', []), 'AlarmDescription': p.get('AlarmDescription'), 'AlarmRule': rule, 'StateValue': 'INSUFFICIENT_DATA', 'StateReason': 'Unchecked: Initial alarm creation',
          'StateUpdatedTimestamp': now(), 'AlarmConfigurationUpdatedTimestamp': now(), 'ActionsSuppressor': p.get('ActionsSuppressor'), 'ActionsSuppressorWaitPeriod': p.get('ActionsSuppressorWaitPeriod'),
          'ActionsSuppressorExtensionPeriod': p.get('ActionsSuppressorExtensionPeriod'), 'tags': (old or {}).get('tags') or kv(p.get('Tags'))}
    composite(call)[n] = it
    return {}


@rewrite('cloudwatch', 'DescribeAlarms')
def describe_alarms(call, out):
    p = call.params
    types = p.get('AlarmTypes') or ['MetricAlarm']
    if 'CompositeAlarm' in types:
        names, prefix = p.get('AlarmNames'), p.get('AlarmNamePrefix', '')
        out['CompositeAlarms'] = [without(a, 'tags') for n, a in composite(call).items() if (not names or n in names) and n.startswith(prefix)]
    if 'MetricAlarm' not in types:
        out['MetricAlarms'] = []
    return out


@stub('cloudwatch', 'DeleteAlarms')
def delete_alarms(call):
    names = call.params.get('AlarmNames', [])
    mine = [n for n in names if n in composite(call)]
    for n in names:
        users = [c for c, a in composite(call).items() if c not in names and re.search(r'["(:]' + re.escape(n) + r'[")]', a['AlarmRule'])]
        if users:
            raise AwsError('ValidationError', f'Cannot delete {n} as there are composite alarm(s) depending on it: {", ".join(users)}')
    for n in mine:
        del composite(call)[n]
    if not mine:
        return None
    rest = [n for n in names if n not in mine]
    if rest:
        call.moto('cloudwatch').delete_alarms(AlarmNames=rest)
    return {}


@stub('cloudwatch', 'ListTagsForResource', 'TagResource', 'UntagResource')
def alarm_tags(call):
    a = composite(call).get(call.params['ResourceARN'].split(':alarm:')[-1])
    if not a:
        return None
    if call.op == 'TagResource':
        a['tags'].update(kv(call.params['Tags']))
    elif call.op == 'UntagResource':
        for k in call.params['TagKeys']:
            a['tags'].pop(k, None)
    else:
        return {'Tags': unkv(a['tags'])}
    return {}


# ================================================================== CloudWatch Logs
def log_group(call):
    n = call.params.get('logGroupName') or call.params.get('logGroupIdentifier') or call.params.get('resourceIdentifier') or ''
    if n.startswith('arn:'):
        n = n.split(':log-group:')[-1].removesuffix(':*')
    found = [g for g in call.moto('logs').describe_log_groups(logGroupNamePrefix=n)['logGroups'] if g['logGroupName'] == n]
    if not found:
        raise AwsError('ResourceNotFoundException', 'The specified log group does not exist.')
    return call.table('log group').setdefault(n, {})


@stub('logs', 'AssociateKmsKey')
def associate_key(call):
    log_group(call)['kmsKeyId'] = call.params['kmsKeyId']
    return {}


@stub('logs', 'DisassociateKmsKey')
def disassociate_key(call):
    log_group(call)['kmsKeyId'] = None
    return {}


@stub('logs', 'PutLogGroupDeletionProtection')
def protect_group(call):
    log_group(call)['deletionProtectionEnabled'] = call.params['deletionProtectionEnabled']
    return {}


@stub('logs', 'CreateLogGroup')
def create_group(call):
    p = call.params
    call.table('log group')[p['logGroupName']] = {k: p[k] for k in ('logGroupClass', 'deletionProtectionEnabled') if p.get(k) is not None}
    return None


@stub('logs', 'DeleteLogGroup')
def delete_group(call):
    if call.table('log group').get(call.params['logGroupName'], {}).get('deletionProtectionEnabled'):
        raise AwsError('ValidationException', 'The log group is protected from deletion.')
    call.table('log group').pop(call.params['logGroupName'], None)
    return None


@rewrite('logs', 'DescribeLogGroups')
def describe_groups(call, out):
    for g in out.get('logGroups', []):
        g.update({k: v for k, v in call.table('log group').get(g['logGroupName'], {}).items()})
        if g.get('kmsKeyId') is None:
            g.pop('kmsKeyId', None)
        g.setdefault('logGroupClass', 'STANDARD')
        g.setdefault('deletionProtectionEnabled', False)
        g.setdefault('logGroupArn', g['arn'].removesuffix(':*'))
    return out


# ================================================================== CloudTrail
def trail_name(call, key='Name'):
    return call.params[key].split(':trail/')[-1]


@stub('cloudtrail', 'StartLogging', 'StopLogging', 'DeleteTrail', 'UpdateTrail')
def trail_by_arn(call):
    """moto knows trails by name only here; the provider names them by ARN."""
    n = trail_name(call)
    if call.op == 'DeleteTrail':
        call.table('trail selectors').pop(n, None)
    if n == call.params['Name']:
        return None
    ct = call.moto('cloudtrail')
    out = {'StartLogging': ct.start_logging, 'StopLogging': ct.stop_logging, 'DeleteTrail': ct.delete_trail, 'UpdateTrail': ct.update_trail}[call.op](**{**call.params, 'Name': n})
    return without(out, 'ResponseMetadata')


@stub('cloudtrail', 'PutEventSelectors')
def trail_selectors(call):
    call.table('trail selectors')[trail_name(call, 'TrailName')] = True
    return None


@rewrite('cloudtrail', 'DescribeTrails', 'GetTrail', 'CreateTrail', 'UpdateTrail')
def trails(call, out):
    for t in out.get('trailList', []) + ([out['Trail']] if out.get('Trail') else []):
        if call.table('trail selectors').get(t['Name']):
            t['HasCustomEventSelectors'] = True
    want = call.params.get('trailNameList')
    if want:  # moto answers all trails
        out['trailList'] = [t for t in out['trailList'] if t['Name'] in want or t['TrailARN'] in want]
    return out


# ================================================================== Config
@stub('config', 'PutConfigRule')
def config_rule(call):
    r = call.params.get('ConfigRule', {})
    call.table('config scope')[r.get('ConfigRuleName')] = r.get('Scope')
    return None


@rewrite('config', 'DescribeConfigRules')
def config_rules(call, out):
    """moto drops the tag of a scope."""
    for r in out.get('ConfigRules', []):
        s = call.table('config scope').get(r['ConfigRuleName'])
        if s:
            r['Scope'] = s
    return out


# ================================================================== SQS
@stub('sqs', 'CreateQueue', 'SetQueueAttributes')
def sqs_attributes(call):
    """moto drops RedriveAllowPolicy."""
    p = call.params
    n = p.get('QueueName') or p.get('QueueUrl', '').rsplit('/', 1)[-1]
    a = p.get('Attributes') or {}
    if 'RedriveAllowPolicy' in a:
        call.table('sqs')[n] = {'RedriveAllowPolicy': a['RedriveAllowPolicy']}
    elif call.op == 'CreateQueue':
        call.table('sqs').setdefault(n, {})
    return None


@stub('sqs', 'DeleteQueue')
def sqs_delete(call):
    """What was kept of a queue goes with it."""
    call.table('sqs').pop(call.params['QueueUrl'].rsplit('/', 1)[-1], None)
    return None


@stub('sqs', 'GetQueueAttributes')
def sqs_ask_attributes(call):
    """moto refuses to be asked for RedriveAllowPolicy."""
    p = call.params
    names = p.get('AttributeNames') or []
    if 'RedriveAllowPolicy' not in names:
        return None
    others = [n for n in names if n != 'RedriveAllowPolicy'] or ['QueueArn']
    out = call.moto('sqs').get_queue_attributes(QueueUrl=p['QueueUrl'], AttributeNames=others)
    out = {'Attributes': {k: v for k, v in out['Attributes'].items() if k in names}}
    return sqs_get_attributes(call, out)


@rewrite('sqs', 'GetQueueAttributes')
def sqs_get_attributes(call, out):
    want = call.params.get('AttributeNames') or []
    kept = call.table('sqs').get(call.params['QueueUrl'].rsplit('/', 1)[-1], {})
    a = out.setdefault('Attributes', {})
    a.update({k: v for k, v in kept.items() if v and ('All' in want or k in want)})
    if a.get('RedrivePolicy'):
        a['RedrivePolicy'] = json.dumps(json.loads(a['RedrivePolicy']), separators=(',', ':'))  # As SQS returns it.
    if a.get('KmsMasterKeyId') and 'SqsManagedSseEnabled' in a:
        a['SqsManagedSseEnabled'] = 'false'  # moto returns true with a key, but they exclude each other
    return out


# ================================================================== Lambda
LAMBDA_KEEP = ('DeadLetterConfig', 'KMSKeyArn', 'LoggingConfig', 'SnapStart', 'FileSystemConfigs', 'ImageConfig')


def lambda_name(call):
    return call.params.get('FunctionName', '').split(':function:')[-1].split(':')[0]


@stub('lambda', 'CreateFunction', 'UpdateFunctionConfiguration')
def lambda_remember(call):
    t = call.table('lambda')
    if call.op == 'CreateFunction':
        t[lambda_name(call)] = {}
    t.setdefault(lambda_name(call), {}).update({k: call.params[k] for k in LAMBDA_KEEP if call.params.get(k) is not None})
    return None


def lambda_overlay(call, cfg):
    kept = call.table('lambda').get(cfg.get('FunctionName') or '', {})
    cfg.update({k: v for k, v in kept.items() if v})
    if cfg.get('DeadLetterConfig') == {'TargetArn': ''}:
        cfg.pop('DeadLetterConfig')
    if not any((cfg.get('ImageConfigResponse') or {}).get('ImageConfig', {}).values()):
        cfg.pop('ImageConfigResponse', None)  # moto returns empty lists for omitted values
    fill(cfg, {'LoggingConfig': {'LogFormat': 'Text', 'LogGroup': f"/aws/lambda/{cfg.get('FunctionName')}"}, 'SnapStart': {'ApplyOn': 'None', 'OptimizationStatus': 'Off'}, 'RuntimeVersionConfig': {
        'RuntimeVersionArn': f'arn:aws:lambda:{call.region}::runtime:' + '0' * 64}})
    return cfg


@rewrite('lambda', 'CreateFunction', 'UpdateFunctionConfiguration', 'UpdateFunctionCode', 'GetFunctionConfiguration', 'PublishVersion')
def lambda_configuration(call, out):
    return lambda_overlay(call, out)


@rewrite('lambda', 'GetFunction')
def lambda_get(call, out):
    lambda_overlay(call, out['Configuration'])
    return out


@rewrite('lambda', 'ListVersionsByFunction', 'ListFunctions')
def lambda_list(call, out):
    for v in out.get('Versions', []) + out.get('Functions', []):
        lambda_overlay(call, v)
    return out


# ================================================================== What other stacks than the default one need
def tagged(call, arn_key, service, tags_in='Tags', out=None, keys='TagKeys', table='tags'):
    """List-, Tag- and UntagResource of ARNs that a table of ours knows; None for any other, which moto may know."""
    arn = call.params.get(arn_key)
    t = call.table(f'{service} {table}', regional=False)
    if arn not in t:
        return None
    if call.op.startswith('List'):
        return {'Tags': out(t[arn]) if out else unkv(t[arn])}
    if call.op.startswith('Untag'):
        for k in call.params.get(keys) or []:
            t[arn].pop(k, None)
    else:
        new = call.params.get(tags_in)
        t[arn].update(new if isinstance(new, dict) else kv(new))
    return {}


# ------------------------------------------------------------------ Cloud Control API, and CloudFormation's schema of its types
def typed(props, ident, read_only=(), required=(), create_only=(), nested=None):
    return {'props': props, 'id': ident, 'ro': list(read_only), 'req': list(required), 'co': list(create_only), 'nested': nested or {}}


CC = {
    'AWS::CloudFront::PublicKey': typed(['CreatedTime', 'Id', 'PublicKeyConfig'], ['Id'], ['CreatedTime', 'Id'], ['PublicKeyConfig']),
    'AWS::CloudFront::Function': typed(['Name', 'AutoPublish', 'FunctionCode', 'FunctionConfig', 'FunctionARN', 'FunctionMetadata', 'Stage', 'Tags'], ['FunctionARN'], ['FunctionARN', 'Stage'], ['Name', 'FunctionCode', 'FunctionConfig'], ['Name']),
    'AWS::GuardDuty::MalwareProtectionPlan': typed(['MalwareProtectionPlanId', 'Arn', 'Role', 'ProtectedResource', 'Actions', 'CreatedAt', 'Status', 'StatusReasons', 'Tags'], ['MalwareProtectionPlanId'],
                                                   ['MalwareProtectionPlanId', 'Arn', 'CreatedAt', 'Status', 'StatusReasons'], ['Role', 'ProtectedResource']),
    'AWS::Route53::KeySigningKey': typed(['HostedZoneId', 'Status', 'Name', 'KeyManagementServiceArn'], ['HostedZoneId', 'Name'], [], ['Name', 'Status', 'HostedZoneId', 'KeyManagementServiceArn'], ['HostedZoneId', 'Name', 'KeyManagementServiceArn']),
    'AWS::Logs::DeliverySource': typed(['Name', 'Arn', 'ResourceArns', 'ResourceArn', 'Service', 'LogType', 'Tags', 'DeliverySourceConfiguration'], ['Name'], ['Arn', 'ResourceArns', 'Service'], ['Name'], ['Name']),
    'AWS::Logs::DeliveryDestination': typed(['Name', 'Arn', 'DestinationResourceArn', 'Tags', 'DeliveryDestinationType', 'DeliveryDestinationPolicy', 'OutputFormat'], ['Name'], ['Arn'], ['Name'], ['Name', 'DestinationResourceArn']),
    'AWS::Logs::Delivery': typed(['DeliveryId', 'Arn', 'DeliverySourceName', 'DeliveryDestinationArn', 'DeliveryDestinationType', 'RecordFields', 'FieldDelimiter', 'S3SuffixPath', 'S3EnableHiveCompatiblePath', 'Tags'], ['DeliveryId'],
                                 ['DeliveryId', 'Arn', 'DeliveryDestinationType'], ['DeliverySourceName', 'DeliveryDestinationArn'], ['DeliverySourceName', 'DeliveryDestinationArn']),
    'AWS::Route53Resolver::FirewallDomainList': typed(['Id', 'Arn', 'Name', 'Domains', 'DomainCount', 'Status', 'Tags'], ['Id'], ['Id', 'Arn', 'DomainCount', 'Status'], [], ['Name']),
    'AWS::Route53Resolver::FirewallRuleGroup': typed(['Id', 'Arn', 'Name', 'FirewallRules', 'RuleCount', 'Status', 'Tags'], ['Id'], ['Id', 'Arn', 'RuleCount', 'Status'], [], ['Name']),
    'AWS::Route53Resolver::FirewallRuleGroupAssociation': typed(['Id', 'Arn', 'Name', 'FirewallRuleGroupId', 'VpcId', 'Priority', 'MutationProtection', 'Status', 'Tags'], ['Id'], ['Id', 'Arn', 'Status'],
                                                                ['FirewallRuleGroupId', 'VpcId', 'Priority'], ['FirewallRuleGroupId', 'VpcId']),
}


@stub('cloudformation', 'DescribeType')
def describe_type(call):
    """Names of properties, which of them are required, read-only and create-only; not their forms. An unknown type: moto's answer."""
    n = call.params.get('TypeName') or call.params.get('Arn', '').split('/')[-1].replace('-', '::')
    t = CC.get(n)
    if not t:
        return None
    schema = {'typeName': n, 'description': n, 'additionalProperties': False, 'properties': {p: {} if p not in ('RecordFields', 'Tags', 'ResourceArns', 'StatusReasons', 'Domains', 'FirewallRules') else {'type': 'array'} for p in t['props']}, 'required': t['req'],
              'primaryIdentifier': ['/properties/' + p for p in t['id']], 'readOnlyProperties': ['/properties/' + p for p in t['ro']], 'createOnlyProperties': ['/properties/' + p for p in t['co']], 'definitions': {}}
    for p in schema['properties']:
        if not schema['properties'][p]:
            schema['properties'][p] = {'type': 'object'} if p in ('PublicKeyConfig', 'DeliverySourceConfiguration', 'DeliveryDestinationPolicy', 'FunctionConfig', 'FunctionMetadata', 'ProtectedResource', 'Actions') else {'type': 'boolean'} if p in ('S3EnableHiveCompatiblePath', 'AutoPublish') else {'type': 'integer'} if p in ('Priority', 'DomainCount', 'RuleCount') else {'type': 'string'}
    for k in ('readOnlyProperties', 'createOnlyProperties'):
        if not schema[k]:
            del schema[k]
    return {'Arn': f'arn:aws:cloudformation:{call.region}::type/resource/' + n.replace('::', '-'), 'Type': 'RESOURCE', 'TypeName': n, 'Schema': json.dumps(schema), 'ProvisioningType': 'FULLY_MUTABLE', 'DeprecatedStatus': 'LIVE', 'Visibility': 'PUBLIC'}


def cc_event(call, type_name, ident, op, model=None):
    e = {'TypeName': type_name, 'Identifier': ident, 'RequestToken': uid(), 'Operation': op, 'OperationStatus': 'SUCCESS', 'EventTime': now(), 'ResourceModel': json.dumps(model) if model else None}
    call.table('cloudcontrol events', regional=False)[e['RequestToken']] = e
    return {'ProgressEvent': e}


@stub('cloudcontrol', 'CreateResource')
def cc_create(call):
    n = call.params['TypeName']
    t = CC.get(n)
    if not t:
        raise AwsError('TypeNotFoundException', f'{n}: awsproxy knows no such type; add it to CC in stubs.py')
    m = json.loads(call.params['DesiredState'])
    bad = sorted(set(m) - (set(t['props']) - set(t['ro'])))
    if bad or set(t['req']) - set(m):
        raise AwsError('InvalidRequestException', f'Model validation failed (extraneous {bad}, required {sorted(set(t["req"]) - set(m))})')
    if n == 'AWS::CloudFront::PublicKey':
        keys = cf(call, 'PublicKey')
        if any(k['cfg'].get('Name') == m['PublicKeyConfig'].get('Name') for k in keys.values()):
            raise AwsError('AlreadyExistsException', 'PublicKeyAlreadyExists')
        m['Id'], m['CreatedTime'] = rid(14, 'K'), now().isoformat()
        keys[m['Id']] = {'Id': m['Id'], 'cfg': m['PublicKeyConfig'], 'time': now(), 'ETag': rid()}
    if n == 'AWS::CloudFront::Function':
        if not m.pop('AutoPublish', False):
            raise AwsError('InvalidRequestException', 'awsproxy: a function that is not published cannot be associated')
        m['FunctionARN'] = f"arn:aws:cloudfront::{call.account}:function/{m['Name']}"
        m['FunctionMetadata'], m['Stage'] = {'FunctionARN': m['FunctionARN']}, 'LIVE'
    if n == 'AWS::GuardDuty::MalwareProtectionPlan':
        m['MalwareProtectionPlanId'] = uid().replace('-', '')[:20]
        m['Arn'] = f"arn:aws:guardduty:{call.region}:{call.account}:malware-protection-plan/{m['MalwareProtectionPlanId']}"
        m['CreatedAt'], m['Status'], m['StatusReasons'] = now().isoformat(), 'ACTIVE', []
    if n.startswith('AWS::Route53Resolver::'):
        kind = {'FirewallDomainList': 'fdl', 'FirewallRuleGroup': 'frg', 'FirewallRuleGroupAssociation': 'frgassoc'}[n.split('::')[-1]]
        m['Id'], m['Status'] = f'rslvr-{kind}-{uid().replace("-", "")[:16]}', 'COMPLETE'
        # What is written only is not read back, and cannot be patched.
        if 'Domains' in m:
            m['DomainCount'] = len(m.pop('Domains'))
    if n == 'AWS::Logs::Delivery':
        m['DeliveryId'] = rid(16, '')
        m['Arn'] = f"arn:aws:logs:{call.region}:{call.account}:delivery:{m['DeliveryId']}"
        m['DeliveryDestinationType'] = 'S3'
    if n in ('AWS::Logs::DeliverySource', 'AWS::Logs::DeliveryDestination'):
        kind = 'delivery-source' if n.endswith('Source') else 'delivery-destination'
        m['Arn'] = f"arn:aws:logs:{call.region}:{call.account}:{kind}:{m['Name']}"
        if kind == 'delivery-source':
            m['ResourceArns'], m['Service'] = [m.get('ResourceArn')], (m.get('ResourceArn') or '::').split(':')[2]
        else:
            m['DeliveryDestinationType'] = 'S3'
    ident = '|'.join(str(m[p]) for p in t['id'])
    store = call.table('cloudcontrol ' + n, regional=False)
    if ident in store:
        raise AwsError('AlreadyExistsException', f'{n} {ident} already exists')
    store[ident] = m
    if n == 'AWS::Route53::KeySigningKey':
        call.table('route53 ksk', regional=False)[m['HostedZoneId'].split('/')[-1], m['Name']] = {'KmsArn': m['KeyManagementServiceArn'], 'Status': m['Status'], 'time': now()}
    return cc_event(call, n, ident, 'CREATE', m)


def cc_find(call):
    n, i = call.params['TypeName'], call.params['Identifier']
    store = call.table('cloudcontrol ' + n, regional=False)
    if i not in store:
        raise AwsError('ResourceNotFoundException', f"Resource of type '{n}' with identifier '{i}' was not found.")
    return store, n, i


@stub('cloudcontrol', 'GetResource')
def cc_get(call):
    store, n, i = cc_find(call)
    return {'TypeName': n, 'ResourceDescription': {'Identifier': i, 'Properties': json.dumps(store[i])}}


@stub('cloudcontrol', 'ListResources')
def cc_list(call):
    n = call.params['TypeName']
    return {'TypeName': n, 'ResourceDescriptions': [{'Identifier': i, 'Properties': json.dumps(m)} for i, m in call.table('cloudcontrol ' + n, regional=False).items()]}


@stub('cloudcontrol', 'UpdateResource')
def cc_update(call):
    store, n, i = cc_find(call)
    m = store[i]
    for p in json.loads(call.params['PatchDocument']):
        at = p['path'].strip('/').split('/')
        if at[0] in CC[n]['co']:
            raise AwsError('NotUpdatableException', f'Invalid patch update: createOnlyProperties [{p["path"]}] cannot be updated')
        node = m
        for k in at[:-1]:
            node = node[int(k)] if isinstance(node, list) else node[k]
        k = int(at[-1]) if isinstance(node, list) and at[-1] != '-' else at[-1]
        if p['op'] == 'remove':
            del node[k]
        elif isinstance(node, list) and p['op'] == 'add':
            node.append(p['value']) if k == '-' else node.insert(k, p['value'])
        else:
            node[k] = p['value']
    if n == 'AWS::Route53::KeySigningKey':
        call.table('route53 ksk', regional=False)[m['HostedZoneId'].split('/')[-1], m['Name']]['Status'] = m['Status']
    return cc_event(call, n, i, 'UPDATE', m)


@stub('cloudcontrol', 'DeleteResource')
def cc_delete(call):
    store, n, i = cc_find(call)
    m = store.pop(i)
    if n == 'AWS::CloudFront::PublicKey':
        cf(call, 'PublicKey').pop(i, None)
    if n == 'AWS::Route53::KeySigningKey':
        call.table('route53 ksk', regional=False).pop((m['HostedZoneId'].split('/')[-1], m['Name']), None)
    return cc_event(call, n, i, 'DELETE')


@stub('cloudcontrol', 'GetResourceRequestStatus')
def cc_status(call):
    e = call.table('cloudcontrol events', regional=False).get(call.params['RequestToken'])
    if not e:
        raise AwsError('RequestTokenNotFoundException', 'Request not found')
    return {'ProgressEvent': e}


# ------------------------------------------------------------------ Route 53: DNSSEC
def change():
    return {'Id': '/change/' + rid(14, 'C'), 'Status': 'INSYNC', 'SubmittedAt': now()}


@stub('route53', 'EnableHostedZoneDNSSEC', 'DisableHostedZoneDNSSEC')
def dnssec(call):
    z = call.params['HostedZoneId'].split('/')[-1]
    if call.op.startswith('Enable') and not any(k[0] == z and v['Status'] == 'ACTIVE' for k, v in call.table('route53 ksk', regional=False).items()):
        raise AwsError('KeySigningKeyWithActiveStatusNotFound', 'A key-signing key (KSK) with ACTIVE status wasn\'t found.')
    call.table('route53 dnssec', regional=False)[z] = 'SIGNING' if call.op.startswith('Enable') else 'NOT_SIGNING'
    return {'ChangeInfo': change()}


@stub('route53', 'GetDNSSEC')
def get_dnssec(call):
    z = call.params['HostedZoneId'].split('/')[-1]
    call.moto('route53').get_hosted_zone(Id=z)  # Or there is no such zone.
    keys = [{'Name': k[1], 'KmsArn': v['KmsArn'], 'Status': v['Status'], 'Flag': 257, 'SigningAlgorithmMnemonic': 'ECDSAP256SHA256', 'SigningAlgorithmType': 13, 'DigestAlgorithmMnemonic': 'SHA-256', 'DigestAlgorithmType': 2, 'KeyTag': 12345,
             'DigestValue': 'A' * 64, 'PublicKey': 'x' * 88, 'DSRecord': '12345 13 2 ' + 'A' * 64, 'DNSKEYRecord': '257 3 13 ' + 'x' * 88, 'CreatedDate': v['time'], 'LastModifiedDate': v['time']}
            for k, v in call.table('route53 ksk', regional=False).items() if k[0] == z]
    return {'Status': {'ServeSignature': call.table('route53 dnssec', regional=False).get(z, 'NOT_SIGNING')}, 'KeySigningKeys': keys}


@stub('route53', 'CreateKeySigningKey', 'ActivateKeySigningKey', 'DeactivateKeySigningKey', 'DeleteKeySigningKey')
def ksk(call):
    p, t = call.params, call.table('route53 ksk', regional=False)
    key = (p['HostedZoneId'].split('/')[-1], p['Name'])
    if call.op.startswith('Create'):
        if key in t:
            raise AwsError('KeySigningKeyAlreadyExists', 'You\'ve already created a key-signing key (KSK) with this name or with the same customer managed key ARN.', 409)
        t[key] = {'KmsArn': p['KeyManagementServiceArn'], 'Status': p['Status'], 'time': now()}
        return {'ChangeInfo': change(), 'KeySigningKey': {'Name': p['Name'], 'KmsArn': p['KeyManagementServiceArn'], 'Status': p['Status'], 'Flag': 257}, 'Location': 'https://route53.amazonaws.com/2013-04-01/keysigningkey/x'}
    if key not in t:
        raise AwsError('NoSuchKeySigningKey', 'The specified key-signing key (KSK) doesn\'t exist.', 404)
    if call.op.startswith('Delete'):
        del t[key]
    else:
        t[key]['Status'] = 'ACTIVE' if call.op.startswith('Activate') else 'INACTIVE'
    return {'ChangeInfo': change()}


@stub('route53', 'UpdateHostedZoneFeatures')
def zone_features(call):
    return {}


# ------------------------------------------------------------------ Backup
@stub('backup', 'CreateBackupSelection')
def backup_selection(call):
    i = uid()
    call.table('backup selection')[i] = {'BackupSelection': call.params['BackupSelection'], 'SelectionId': i, 'BackupPlanId': call.params['BackupPlanId'], 'CreationDate': now(), 'CreatorRequestId': call.params.get('CreatorRequestId')}
    return {k: call.table('backup selection')[i][k] for k in ('SelectionId', 'BackupPlanId', 'CreationDate')}


@stub('backup', 'GetBackupSelection', 'DeleteBackupSelection')
def backup_selection_get(call):
    t, i = call.table('backup selection'), call.params['SelectionId']
    if i not in t:
        raise AwsError('ResourceNotFoundException', 'Cannot find Backup selection', 400)
    if call.op.startswith('Delete'):
        del t[i]
        return {}
    return t[i]


@stub('backup', 'ListBackupSelections')
def backup_selections(call):
    return {'BackupSelectionsList': [{'SelectionId': s['SelectionId'], 'SelectionName': s['BackupSelection']['SelectionName'], 'BackupPlanId': s['BackupPlanId'], 'CreationDate': s['CreationDate'], 'IamRoleArn': s['BackupSelection'].get('IamRoleArn')}
                                     for s in call.table('backup selection').values() if s['BackupPlanId'] == call.params['BackupPlanId']]}


@stub('backup', 'UpdateBackupPlan')
def backup_plan_update(call):
    b, i = call.moto('backup'), call.params['BackupPlanId']
    old = b.get_backup_plan(BackupPlanId=i)
    call.table('backup plan')[i] = {'BackupPlan': call.params['BackupPlan'], 'VersionId': uid()}
    return {'BackupPlanId': i, 'BackupPlanArn': old['BackupPlanArn'], 'CreationDate': old['CreationDate'], 'VersionId': call.table('backup plan')[i]['VersionId']}


@rewrite('backup', 'GetBackupPlan')
def backup_plan_get(call, out):
    """moto still shows one that was deleted."""
    if out.get('DeletionDate'):
        raise AwsError('ResourceNotFoundException', 'Cannot find Backup plan with ID ' + call.params['BackupPlanId'])
    out.update(call.table('backup plan').get(call.params['BackupPlanId'], {}))
    for r in out.get('BackupPlan', {}).get('Rules', []):
        fill(r, {'RuleId': uid(), 'StartWindowMinutes': 480, 'CompletionWindowMinutes': 10080, 'EnableContinuousBackup': False, 'ScheduleExpressionTimezone': 'Etc/UTC'})
    return out


@stub('backup', 'ListRecoveryPointsByBackupVault')
def backup_points(call):
    return {'RecoveryPoints': []}


# ------------------------------------------------------------------ Network Firewall: all of it
def nfw(call, kind):
    return call.table('nfw ' + kind)


def nfw_key(call, name, arn):
    return call.params.get(name) or (call.params.get(arn) or '').split('/')[-1]


def nfw_tags(call, arn):
    call.table('nfw tags', regional=False)[arn] = kv(call.params.get('Tags'))


@stub('network-firewall', 'CreateFirewallPolicy', 'CreateRuleGroup')
def nfw_create(call):
    p = call.params
    policy = 'Policy' in call.op
    n = p['FirewallPolicyName'] if policy else p['RuleGroupName']
    t = nfw(call, 'policy' if policy else 'group')
    if n in t:
        raise AwsError('InvalidRequestException', f'A resource with the specified name already exists: {n}')
    where = 'firewall-policy' if policy else p['Type'].lower() + '-rulegroup'
    arn = f'arn:aws:network-firewall:{call.region}:{call.account}:{where}/{n}'
    doc = p.get('FirewallPolicy') if policy else p.get('RuleGroup') or {'RulesSource': {'RulesString': p.get('Rules')}}
    t[n] = it = {'name': n, 'arn': arn, 'id': uid(), 'doc': doc, 'token': uid(), 'desc': p.get('Description'), 'type': p.get('Type'), 'cap': p.get('Capacity'), 'enc': p.get('EncryptionConfiguration') or {'Type': 'AWS_OWNED_KMS_KEY', 'KeyId': 'AWS_OWNED_KMS_KEY'}}
    nfw_tags(call, arn)
    return nfw_view(call, it, policy, brief=True)


def nfw_view(call, it, policy, brief=False):
    tags = unkv(call.table('nfw tags', regional=False).get(it['arn'], {}))
    if policy:
        out = {'UpdateToken': it['token'], 'FirewallPolicyResponse': {'FirewallPolicyName': it['name'], 'FirewallPolicyArn': it['arn'], 'FirewallPolicyId': it['id'], 'Description': it['desc'], 'FirewallPolicyStatus': 'ACTIVE', 'Tags': tags,
               'EncryptionConfiguration': it['enc'], 'NumberOfAssociations': 0, 'ConsumedStatelessRuleCapacity': 0, 'ConsumedStatefulRuleCapacity': 0}, 'FirewallPolicy': it['doc']}
    else:
        out = {'UpdateToken': it['token'], 'RuleGroupResponse': {'RuleGroupName': it['name'], 'RuleGroupArn': it['arn'], 'RuleGroupId': it['id'], 'Description': it['desc'], 'Type': it['type'], 'Capacity': it['cap'], 'RuleGroupStatus': 'ACTIVE',
               'Tags': tags, 'EncryptionConfiguration': it['enc'], 'NumberOfAssociations': 0, 'ConsumedCapacity': 0}, 'RuleGroup': it['doc']}
    return without(out, 'FirewallPolicy', 'RuleGroup') if brief else out


def nfw_find(call, policy):
    t = nfw(call, 'policy' if policy else 'group')
    n = nfw_key(call, 'FirewallPolicyName', 'FirewallPolicyArn') if policy else nfw_key(call, 'RuleGroupName', 'RuleGroupArn')
    if n not in t:
        raise AwsError('ResourceNotFoundException', f'Unable to find the specified resource: {n}')
    return t, t[n]


@stub('network-firewall', 'DescribeFirewallPolicy', 'DescribeRuleGroup')
def nfw_describe(call):
    policy = 'Policy' in call.op
    return nfw_view(call, nfw_find(call, policy)[1], policy)


@stub('network-firewall', 'UpdateFirewallPolicy', 'UpdateRuleGroup')
def nfw_update(call):
    policy = 'Policy' in call.op
    _, it = nfw_find(call, policy)
    if call.params.get('UpdateToken') != it['token']:
        raise AwsError('InvalidTokenException', 'The token you provided is stale.')
    it['doc'] = call.params.get('FirewallPolicy') if policy else call.params.get('RuleGroup') or {'RulesSource': {'RulesString': call.params.get('Rules')}}
    it['token'], it['desc'] = uid(), call.params.get('Description', it['desc'])
    it['enc'] = call.params.get('EncryptionConfiguration') or it['enc']
    return nfw_view(call, it, policy, brief=True)


@stub('network-firewall', 'DeleteFirewallPolicy', 'DeleteRuleGroup')
def nfw_delete(call):
    policy = 'Policy' in call.op
    t, it = nfw_find(call, policy)
    users = [f for f in nfw(call, 'firewall').values() if f['fw'].get('FirewallPolicyArn') == it['arn']] if policy else [p for p in nfw(call, 'policy').values() if it['arn'] in json.dumps(p['doc'])]
    if users:
        raise AwsError('InvalidOperationException', 'Unable to delete the object because it is still in use.')
    del t[it['name']]
    return nfw_view(call, it, policy, brief=True)


def fw_find(call):
    t, n = nfw(call, 'firewall'), nfw_key(call, 'FirewallName', 'FirewallArn')
    if n not in t:
        raise AwsError('ResourceNotFoundException', f'Unable to find the specified resource: {n}')
    return t, t[n]


def fw_status(call, it):
    ready = time.time() >= it['ready']
    states = {}
    for m in it['fw'].get('SubnetMappings') or []:
        s = call.moto('ec2').describe_subnets(SubnetIds=[m['SubnetId']])['Subnets'][0]
        states[s['AvailabilityZone']] = {'Attachment': {'SubnetId': m['SubnetId'], 'EndpointId': 'vpce-' + hashlib.sha1((it['fw']['FirewallArn'] + m['SubnetId']).encode()).hexdigest()[:17], 'Status': 'READY' if ready else 'CREATING'},
                                         'Config': {it['fw']['FirewallPolicyArn']: {'SyncStatus': 'IN_SYNC', 'UpdateToken': uid()}}}
    return {'Status': 'READY' if ready else 'PROVISIONING', 'ConfigurationSyncStateSummary': 'IN_SYNC', 'SyncStates': states}


@stub('network-firewall', 'CreateFirewall')
def fw_create(call):
    p, t = call.params, nfw(call, 'firewall')
    if p['FirewallName'] in t:
        raise AwsError('InvalidRequestException', 'A firewall with the specified name already exists.')
    if p['FirewallPolicyArn'].split('/')[-1] not in nfw(call, 'policy'):
        raise AwsError('InvalidRequestException', f"firewall policy is invalid, parameter: [{p['FirewallPolicyArn']}]")
    arn = f"arn:aws:network-firewall:{call.region}:{call.account}:firewall/{p['FirewallName']}"
    fw = {k: v for k, v in p.items() if k not in ('Tags',)}
    fill(fw, {'DeleteProtection': False, 'SubnetChangeProtection': False, 'FirewallPolicyChangeProtection': False, 'AvailabilityZoneChangeProtection': False, 'EncryptionConfiguration': {'Type': 'AWS_OWNED_KMS_KEY', 'KeyId': 'AWS_OWNED_KMS_KEY'}})
    for m in fw.get('SubnetMappings') or []:
        fill(m, {'IPAddressType': 'IPV4'})
    fw.update(FirewallArn=arn, FirewallId=uid())
    t[p['FirewallName']] = it = {'fw': fw, 'token': uid(), 'ready': time.time() + 1, 'logging': None}
    nfw_tags(call, arn)
    return {'Firewall': fw, 'FirewallStatus': fw_status(call, it)}


@stub('network-firewall', 'DescribeFirewall')
def fw_describe(call):
    _, it = fw_find(call)
    return {'UpdateToken': it['token'], 'Firewall': {**it['fw'], 'Tags': unkv(call.table('nfw tags', regional=False).get(it['fw']['FirewallArn'], {}))}, 'FirewallStatus': fw_status(call, it)}


@stub('network-firewall', 'DeleteFirewall')
def fw_delete(call):
    t, it = fw_find(call)
    if it['fw']['DeleteProtection']:
        raise AwsError('InvalidOperationException', 'Unable to delete the firewall because delete protection is on.')
    del t[it['fw']['FirewallName']]
    return {'Firewall': it['fw'], 'FirewallStatus': {'Status': 'DELETING', 'ConfigurationSyncStateSummary': 'PENDING'}}


@stub('network-firewall', 'UpdateFirewallDeleteProtection', 'UpdateFirewallDescription', 'UpdateFirewallEncryptionConfiguration', 'UpdateFirewallPolicyChangeProtection', 'UpdateSubnetChangeProtection', 'AssociateFirewallPolicy', 'AssociateSubnets',
      'DisassociateSubnets', 'UpdateFirewallAnalysisSettings')
def fw_update(call):
    _, it = fw_find(call)
    p, fw = call.params, it['fw']
    if call.op == 'AssociateSubnets':
        fw['SubnetMappings'] = (fw.get('SubnetMappings') or []) + p['SubnetMappings']
    elif call.op == 'DisassociateSubnets':
        fw['SubnetMappings'] = [m for m in fw.get('SubnetMappings') or [] if m['SubnetId'] not in p['SubnetIds']]
    else:
        fw.update({k: v for k, v in p.items() if k not in ('UpdateToken', 'FirewallArn', 'FirewallName')})
    it['token'] = uid()
    return {**{k: fw.get(k) for k in ('FirewallArn', 'FirewallName', 'DeleteProtection', 'Description', 'EncryptionConfiguration', 'FirewallPolicyChangeProtection', 'SubnetChangeProtection', 'FirewallPolicyArn', 'SubnetMappings', 'EnabledAnalysisTypes')},
            'UpdateToken': it['token']}


@stub('network-firewall', 'UpdateLoggingConfiguration', 'DescribeLoggingConfiguration')
def fw_logging(call):
    _, it = fw_find(call)
    if call.op.startswith('Update'):
        it['logging'] = call.params.get('LoggingConfiguration') or {'LogDestinationConfigs': []}
        it['dashboard'] = call.params.get('EnableMonitoringDashboard', False)
    return {'FirewallArn': it['fw']['FirewallArn'], 'FirewallName': it['fw']['FirewallName'], 'LoggingConfiguration': it['logging'], 'EnableMonitoringDashboard': it.get('dashboard', False)}


@stub('network-firewall', 'ListTagsForResource', 'TagResource', 'UntagResource')
def fw_tags(call):
    return tagged(call, 'ResourceArn', 'nfw')


@stub('network-firewall', 'DescribeResourcePolicy')
def fw_policy(call):
    raise AwsError('ResourceNotFoundException', 'Unable to find the specified resource.')


# ------------------------------------------------------------------ Lambda: code signing; Signer: jobs
def csc(call):
    t = call.table('lambda csc')
    a = call.params['CodeSigningConfigArn']
    if a not in t:
        raise AwsError('ResourceNotFoundException', f'The code signing configuration cannot be found: {a}', 404)
    return t, t[a]


@stub('lambda', 'CreateCodeSigningConfig')
def csc_create(call):
    i = 'csc-' + hashlib.sha1(uid().encode()).hexdigest()[:17]
    arn = f'arn:aws:lambda:{call.region}:{call.account}:code-signing-config:{i}'
    it = {'CodeSigningConfigId': i, 'CodeSigningConfigArn': arn, 'Description': call.params.get('Description', ''), 'AllowedPublishers': call.params['AllowedPublishers'],
          'CodeSigningPolicies': call.params.get('CodeSigningPolicies') or {'UntrustedArtifactOnDeployment': 'Warn'}, 'LastModified': now().isoformat()}
    call.table('lambda csc')[arn] = it
    call.table('lambda tags', regional=False)[arn] = dict(call.params.get('Tags') or {})
    return {'CodeSigningConfig': it}


@stub('lambda', 'GetCodeSigningConfig')
def csc_get(call):
    return {'CodeSigningConfig': csc(call)[1]}


@stub('lambda', 'UpdateCodeSigningConfig')
def csc_update(call):
    it = csc(call)[1]
    it.update({k: v for k, v in call.params.items() if k in ('Description', 'AllowedPublishers', 'CodeSigningPolicies')})
    return {'CodeSigningConfig': it}


@stub('lambda', 'DeleteCodeSigningConfig')
def csc_delete(call):
    t, it = csc(call)
    if it['CodeSigningConfigArn'] in call.table('lambda csc of').values():
        raise AwsError('ResourceConflictException', 'The code signing configuration is in use.', 409)
    del t[it['CodeSigningConfigArn']]
    return {}


@stub('lambda', 'DeleteFunction')
def function_deleted(call):
    call.table('lambda csc of').pop(lambda_name(call), None)
    return None


@stub('lambda', 'PutFunctionCodeSigningConfig', 'DeleteFunctionCodeSigningConfig', 'GetFunctionCodeSigningConfig')
def csc_of(call):
    t, n = call.table('lambda csc of'), lambda_name(call)
    if call.op.startswith('Put'):
        t[n] = call.params['CodeSigningConfigArn']
    elif call.op.startswith('Delete'):
        t.pop(n, None)
        return {}
    return {'CodeSigningConfigArn': t.get(n), 'FunctionName': n}


_create = STUBS['lambda', 'CreateFunction']


@stub('lambda', 'CreateFunction')
def lambda_create(call):
    if call.params.get('CodeSigningConfigArn'):
        call.table('lambda csc of')[lambda_name(call)] = call.params['CodeSigningConfigArn']
    return _create(call)


@stub('lambda', 'ListTags', 'TagResource', 'UntagResource')
def csc_tags(call):
    return tagged(call, 'Resource', 'lambda', out=dict)


@stub('signer', 'StartSigningJob')
def sign(call):
    """The signed object is a copy of the source below the destination's prefix."""
    p, i = call.params, uid()
    s, d = p['source']['s3'], p['destination']['s3']
    key = (d.get('prefix') or '') + i + '.zip'
    s3 = call.moto('s3')
    body = s3.get_object(Bucket=s['bucketName'], Key=s['key'])['Body'].read()
    s3.put_object(Bucket=d['bucketName'], Key=key, Body=body)
    prof = call.moto('signer').get_signing_profile(profileName=p['profileName'])
    call.table('signing job')[i] = {'jobId': i, 'source': p['source'], 'profileName': p['profileName'], 'profileVersion': prof.get('profileVersion'), 'platformId': prof.get('platformId'), 'platformDisplayName': prof.get('platformDisplayName'), 'createdAt': now(),
                                    'completedAt': now(), 'signatureExpiresAt': now() + datetime.timedelta(days=4095), 'requestedBy': f'arn:aws:iam::{call.account}:root', 'status': 'Succeeded', 'statusReason': 'Signing Succeeded',
                                    'signedObject': {'s3': {'bucketName': d['bucketName'], 'key': key}}, 'jobOwner': call.account, 'jobInvoker': call.account}
    return {'jobId': i, 'jobOwner': call.account}


@stub('signer', 'GetSigningProfile')
def signing_profile(call):
    """moto fails where there is none, and shows empty signing material."""
    try:
        out = call.moto('signer').get_signing_profile(profileName=call.params['profileName'])
    except Exception:
        raise AwsError('ResourceNotFoundException', 'Unable to fetch profile.', 404)
    return without(out, 'ResponseMetadata', *(k for k, v in out.items() if v in ({}, None)))


@stub('signer', 'DescribeSigningJob')
def sign_job(call):
    t = call.table('signing job')
    if call.params['jobId'] not in t:
        raise AwsError('ResourceNotFoundException', 'Signing job was not found.', 404)
    return t[call.params['jobId']]


# ------------------------------------------------------------------ Config: conformance packs, remediation
@stub('config', 'PutConformancePack')
def pack_put(call):
    n = call.params['ConformancePackName']
    t = call.table('conformance pack')
    i = t.get(n, {}).get('ConformancePackId') or 'conformance-pack-' + rid(9, '', string.ascii_lowercase + string.digits)
    t[n] = {'ConformancePackName': n, 'ConformancePackArn': f'arn:aws:config:{call.region}:{call.account}:conformance-pack/{n}/{i}', 'ConformancePackId': i, 'DeliveryS3Bucket': call.params.get('DeliveryS3Bucket', ''),
            'DeliveryS3KeyPrefix': call.params.get('DeliveryS3KeyPrefix', ''), 'ConformancePackInputParameters': call.params.get('ConformancePackInputParameters', []), 'LastUpdateRequestedTime': now()}
    return {'ConformancePackArn': t[n]['ConformancePackArn']}


@stub('config', 'DescribeConformancePacks', 'DescribeConformancePackStatus')
def pack_describe(call):
    t, want = call.table('conformance pack'), call.params.get('ConformancePackNames')
    if want and not set(want) <= set(t):
        raise AwsError('NoSuchConformancePackException', 'One or more conformance packs you specified do not exist.')
    its = [p for n, p in t.items() if not want or n in want]
    if call.op.endswith('Status'):
        return {'ConformancePackStatusDetails': [{**{k: p[k] for k in ('ConformancePackName', 'ConformancePackId', 'ConformancePackArn', 'LastUpdateRequestedTime')}, 'ConformancePackState': 'CREATE_COMPLETE', 'StackArn':
                f"arn:aws:cloudformation:{call.region}:{call.account}:stack/awsconfigconforms-{p['ConformancePackName']}/{p['ConformancePackId']}", 'LastUpdateCompletedTime': now()} for p in its]}
    return {'ConformancePackDetails': its}


@stub('config', 'DeleteConformancePack')
def pack_delete(call):
    if call.table('conformance pack').pop(call.params['ConformancePackName'], None) is None:
        raise AwsError('NoSuchConformancePackException', 'The conformance pack does not exist.')
    return {}


@stub('config', 'PutRemediationConfigurations')
def remediation_put(call):
    for r in call.params['RemediationConfigurations']:
        call.table('remediation')[r['ConfigRuleName']] = {**r, 'Arn': f"arn:aws:config:{call.region}:{call.account}:remediation-configuration/{r['ConfigRuleName']}/{uid()}"}
    return {'FailedBatches': []}


@stub('config', 'DescribeRemediationConfigurations')
def remediation_describe(call):
    return {'RemediationConfigurations': [r for n, r in call.table('remediation').items() if n in call.params['ConfigRuleNames']]}


@stub('config', 'DeleteRemediationConfiguration')
def remediation_delete(call):
    if call.table('remediation').pop(call.params['ConfigRuleName'], None) is None:
        raise AwsError('NoSuchRemediationConfigurationException', 'No RemediationConfiguration for rule exists.')
    return {}


# ------------------------------------------------------------------ Security Hub: standards
@stub('securityhub', 'BatchEnableStandards')
def standards_enable(call):
    out = []
    for r in call.params['StandardsSubscriptionRequests']:
        name = r['StandardsArn'].split('standards/')[-1].split('ruleset/')[-1]
        arn = f'arn:aws:securityhub:{call.region}:{call.account}:subscription/{name}'
        s = {'StandardsSubscriptionArn': arn, 'StandardsArn': r['StandardsArn'], 'StandardsInput': r.get('StandardsInput') or {}, 'StandardsStatus': 'READY'}
        call.table('standards')[arn] = s
        out.append(s)
    return {'StandardsSubscriptions': out}


@stub('securityhub', 'GetEnabledStandards')
def standards_get(call):
    want = call.params.get('StandardsSubscriptionArns')
    return {'StandardsSubscriptions': [s for a, s in call.table('standards').items() if not want or a in want]}


@stub('securityhub', 'BatchDisableStandards')
def standards_disable(call):
    gone = [call.table('standards').pop(a, None) for a in call.params['StandardsSubscriptionArns']]
    return {'StandardsSubscriptions': [{**s, 'StandardsStatus': 'DELETING'} for s in gone if s]}


@stub('securityhub', 'EnableSecurityHub', 'UpdateSecurityHubConfiguration')
def hub_remember(call):
    call.table('hub').update({k: call.params[k] for k in ('AutoEnableControls', 'ControlFindingGenerator') if call.params.get(k) is not None})
    return {} if call.op.startswith('Update') else None


@rewrite('securityhub', 'DescribeHub')
def hub(call, out):
    out.update(call.table('hub'))
    return fill(out, {'AutoEnableControls': True, 'ControlFindingGenerator': 'SECURITY_CONTROL'})


# ------------------------------------------------------------------ IAM Access Analyzer
@stub('accessanalyzer', 'CreateAnalyzer')
def analyzer_create(call):
    p, t = call.params, call.table('analyzer')
    if p['analyzerName'] in t:
        raise AwsError('ConflictException', 'An analyzer with this name already exists.', 409)
    arn = f"arn:aws:access-analyzer:{call.region}:{call.account}:analyzer/{p['analyzerName']}"
    t[p['analyzerName']] = {'arn': arn, 'name': p['analyzerName'], 'type': p['type'], 'createdAt': now(), 'status': 'ACTIVE', 'configuration': p.get('configuration')}
    call.table('analyzer tags', regional=False)[arn] = dict(p.get('tags') or {})
    return {'arn': arn}


@stub('accessanalyzer', 'GetAnalyzer', 'DeleteAnalyzer')
def analyzer_get(call):
    t, n = call.table('analyzer'), call.params['analyzerName']
    if n not in t:
        raise AwsError('ResourceNotFoundException', 'Analyzer not found', 404)
    if call.op.startswith('Delete'):
        del t[n]
        return {}
    a = dict(t[n])
    a['tags'] = call.table('analyzer tags', regional=False)[a['arn']]
    return {'analyzer': a}


@stub('accessanalyzer', 'ListTagsForResource', 'TagResource', 'UntagResource')
def analyzer_tags(call):
    out = tagged(call, 'resourceArn', 'analyzer', tags_in='tags', out=dict, keys='tagKeys')
    return {'tags': out['Tags']} if out and 'Tags' in out else out


@stub('macie2', 'UpdateMacieSession')
def macie_update(call):
    return {}


# ------------------------------------------------------------------ CloudFront: realtime logs, VPC origins
def realtime(call):
    t = cf(call, 'Realtime')
    n = call.params.get('Name') or call.params.get('ARN', '').split('/')[-1]
    if n not in t:
        raise AwsError('NoSuchRealtimeLogConfig', 'The real-time log configuration does not exist.', 404)
    return t, t[n]


@stub('cloudfront', 'CreateRealtimeLogConfig')
def realtime_create(call):
    p, t = call.params, cf(call, 'Realtime')
    if p['Name'] in t:
        raise AwsError('RealtimeLogConfigAlreadyExists', 'A real-time log configuration with this name already exists.', 409)
    t[p['Name']] = {**p, 'ARN': f"arn:aws:cloudfront::{call.account}:realtime-log-config/{p['Name']}"}
    return {'RealtimeLogConfig': t[p['Name']]}


@stub('cloudfront', 'GetRealtimeLogConfig', 'UpdateRealtimeLogConfig')
def realtime_get(call):
    it = realtime(call)[1]
    if call.op.startswith('Update'):
        it.update({k: v for k, v in call.params.items() if k in ('EndPoints', 'Fields', 'SamplingRate')})
    return {'RealtimeLogConfig': it}


@stub('cloudfront', 'DeleteRealtimeLogConfig')
def realtime_delete(call):
    t, it = realtime(call)
    if any(it['ARN'] in json.dumps(d['cfg'], default=str) for d in cf(call, 'Distribution').values()):
        raise AwsError('RealtimeLogConfigInUse', 'The real-time log configuration is in use.', 400)
    del t[it['Name']]
    return {}


def vpc_origin_view(it):
    return {'Id': it['Id'], 'Arn': it['Arn'], 'AccountId': it['Arn'].split(':')[4], 'Status': 'Deployed' if time.time() >= it['deployed'] else 'Deploying', 'CreatedTime': it['time'], 'LastModifiedTime': it['time'], 'VpcOriginEndpointConfig': it['cfg']}


@stub('cloudfront', 'CreateVpcOrigin')
def vpc_origin_create(call):
    i = rid(14, 'vo_', string.ascii_letters + string.digits)
    it = {'Id': i, 'Arn': f'arn:aws:cloudfront::{call.account}:vpcorigin/{i}', 'cfg': call.params['VpcOriginEndpointConfig'], 'time': now(), 'ETag': rid(), 'deployed': time.time() + DEPLOY_SECONDS}
    cf(call, 'VpcOrigin')[i] = it
    cf(call, 'tags')[it['Arn']] = kv((call.params.get('Tags') or {}).get('Items'))
    return {'VpcOrigin': vpc_origin_view(it), 'ETag': it['ETag'], 'Location': 'https://cloudfront.amazonaws.com/2020-05-31/vpc-origin/' + i}


@stub('cloudfront', 'GetVpcOrigin', 'UpdateVpcOrigin', 'DeleteVpcOrigin')
def vpc_origin_get(call):
    it = cf_get(call, 'VpcOrigin', missing='EntityNotFound')
    if not call.op.startswith('Get'):
        cf_match(call, it)
    if call.op.startswith('Update'):
        if any(it['Id'] in json.dumps(d['cfg'], default=str) for d in cf(call, 'Distribution').values()):
            raise AwsError('CannotUpdateEntityWhileInUse', 'The entity cannot be updated while it is in use.', 409)
        it.update(cfg=call.params['VpcOriginEndpointConfig'], ETag=rid(), deployed=time.time() + DEPLOY_SECONDS)
    if call.op.startswith('Delete'):
        if any(it['Id'] in json.dumps(d['cfg'], default=str) for d in cf(call, 'Distribution').values()):
            raise AwsError('CannotDeleteEntityWhileInUse', 'The entity cannot be deleted while it is in use.', 409)
        del cf(call, 'VpcOrigin')[it['Id']]
    return {'VpcOrigin': vpc_origin_view(it), 'ETag': it['ETag']}


# ------------------------------------------------------------------ RDS: proxies, cluster parameter groups
@stub('rds', 'ModifyDBProxy')
def proxy_modify(call):
    n = call.params['DBProxyName']
    old = call.moto('rds').describe_db_proxies(DBProxyName=n)['DBProxies'][0]
    t = call.table('rds proxy').setdefault(n, {})
    p = call.params
    for k, at in (('Auth', 'Auth'), ('RequireTLS', 'RequireTLS'), ('IdleClientTimeout', 'IdleClientTimeout'), ('DebugLogging', 'DebugLogging'), ('RoleArn', 'RoleArn'), ('SecurityGroups', 'VpcSecurityGroupIds'), ('DefaultAuthScheme', 'DefaultAuthScheme')):
        if p.get(k) is not None:
            t[at] = p[k]
    return {'DBProxy': {**old, **t}}


@stub('rds', 'CreateDBProxy')
def proxy_create(call):
    call.table('rds proxy')[call.params['DBProxyName']] = {'DefaultAuthScheme': call.params.get('DefaultAuthScheme', 'NONE')}
    return None


@rewrite('rds', 'DescribeDBProxies', 'CreateDBProxy')
def proxies(call, out):
    for p in out.get('DBProxies', []) + ([out['DBProxy']] if out.get('DBProxy') else []):
        p.update(call.table('rds proxy').get(p['DBProxyName'], {}))
    return out


@stub('rds', 'DescribeDBProxyTargets', 'DescribeDBProxyTargetGroups')
def proxy_targets(call):
    """moto fails where there is no proxy."""
    if call.params['DBProxyName'] not in {p['DBProxyName'] for p in call.moto('rds').describe_db_proxies()['DBProxies']}:
        raise AwsError('DBProxyNotFoundFault', f"DBProxy {call.params['DBProxyName']} not found.", 404)
    return None


@stub('rds', 'ResetDBClusterParameterGroup')
def cluster_reset(call):
    return {'DBClusterParameterGroupName': call.params['DBClusterParameterGroupName']}


@stub('rds', 'CreateDBProxy')
def proxy_create2(call):
    """moto wants Auth, which a proxy that signs in by IAM does without."""
    p = dict(call.params)
    kept = {'DefaultAuthScheme': p.get('DefaultAuthScheme', 'NONE')}
    if not p.get('Auth'):
        kept['Auth'] = []
        p['Auth'] = [{'AuthScheme': 'SECRETS', 'SecretArn': f'arn:aws:secretsmanager:{call.region}:{call.account}:secret:none', 'IAMAuth': 'REQUIRED'}]
    call.table('rds proxy')[p['DBProxyName']] = kept
    out = call.moto('rds').create_db_proxy(**p)
    return {'DBProxy': {**out['DBProxy'], **kept}}


# ------------------------------------------------------------------ GuardDuty, Kinesis: tags
@stub('guardduty', 'CreateDetector')
def detector_create(call):
    out = call.moto('guardduty').create_detector(**call.params)
    call.table('detector tags', regional=False)[f"arn:aws:guardduty:{call.region}:{call.account}:detector/{out['DetectorId']}"] = dict(call.params.get('Tags') or {})
    remember_malware_protection(call, out['DetectorId'])
    return without(out, 'ResponseMetadata')


def remember_malware_protection(call, detector):
    wanted = call.params.get('DataSources', {}).get('MalwareProtection')
    if wanted:
        call.table('detector malware protection')[detector] = wanted['ScanEc2InstanceWithFindings']['EbsVolumes']


@stub('guardduty', 'UpdateDetector')
def detector_update(call):
    remember_malware_protection(call, call.params['DetectorId'])
    return None


@rewrite('guardduty', 'GetDetector')
def detector_get(call, out):
    on = call.table('detector malware protection').get(call.params['DetectorId'])
    out['DataSources'].setdefault('MalwareProtection', {
        'ScanEc2InstanceWithFindings': {'EbsVolumes': {'Status': 'ENABLED' if on else 'DISABLED'}},
        'ServiceRole': f'arn:aws:iam::{call.account}:role/aws-service-role/malware-protection.guardduty.amazonaws.com/AWSServiceRoleForAmazonGuardDutyMalwareProtection',
    })
    out['Tags'] = call.table('detector tags', regional=False).get(f"arn:aws:guardduty:{call.region}:{call.account}:detector/{call.params['DetectorId']}", out.get('Tags'))
    return out


@stub('guardduty', 'ListTagsForResource', 'TagResource', 'UntagResource')
def detector_tags(call):
    return tagged(call, 'ResourceArn', 'detector', out=dict)


def stream_arn(call):
    return call.params.get('ResourceARN') or call.params.get('StreamARN') or f"arn:aws:kinesis:{call.region}:{call.account}:stream/{call.params['StreamName']}"


@stub('kinesis', 'CreateStream')
def stream_create(call):
    call.table('kinesis tags')[stream_arn(call)] = dict(call.params.get('Tags') or {})
    return None


@stub('kinesis', 'ListTagsForResource', 'TagResource', 'UntagResource', 'ListTagsForStream', 'AddTagsToStream', 'RemoveTagsFromStream')
def stream_tags(call):
    t = call.table('kinesis tags').get(stream_arn(call))
    if t is None:
        return None
    if call.op.startswith('List'):
        return {'Tags': unkv(t), 'HasMoreTags': False}
    if call.op.startswith(('Untag', 'Remove')):
        for k in call.params['TagKeys']:
            t.pop(k, None)
    else:
        t.update(call.params['Tags'])
    return {}


# ------------------------------------------------------------------ S3: replication, object lock as they were put
def s3_kept(put, get, delete, member, errors):
    @stub('s3', put)
    def remember(call):
        call.table('s3 ' + member, regional=False)[call.params['Bucket']] = copy.deepcopy(call.params[member])
        return None

    @rewrite('s3', get)
    def answer(call, out):
        kept = call.table('s3 ' + member, regional=False).get(call.params['Bucket'])
        if kept:
            return {member: kept}
    if delete:
        @stub('s3', delete)
        def forget(call):
            call.table('s3 ' + member, regional=False).pop(call.params['Bucket'], None)
            return None


s3_kept('PutBucketReplication', 'GetBucketReplication', 'DeleteBucketReplication', 'ReplicationConfiguration', None)
s3_kept('PutObjectLockConfiguration', 'GetObjectLockConfiguration', None, 'ObjectLockConfiguration', None)


# ------------------------------------------------------------------ Network Firewall: endpoints that a route may name
def fw_endpoint(call, it, subnet):
    t = it.setdefault('endpoints', {})
    if subnet not in t:
        e = call.moto('ec2').create_vpc_endpoint(VpcId=it['fw']['VpcId'], ServiceName=f'com.amazonaws.vpce.{call.region}.vpce-svc-0123456789abcdef0', VpcEndpointType='GatewayLoadBalancer', SubnetIds=[subnet])
        t[subnet] = e['VpcEndpoint']['VpcEndpointId']
    return t[subnet]


def fw_status(call, it):
    ready = time.time() >= it['ready']
    states = {}
    for m in it['fw'].get('SubnetMappings') or []:
        s = call.moto('ec2').describe_subnets(SubnetIds=[m['SubnetId']])['Subnets'][0]
        states[s['AvailabilityZone']] = {'Attachment': {'SubnetId': m['SubnetId'], 'EndpointId': fw_endpoint(call, it, m['SubnetId']), 'Status': 'READY' if ready else 'CREATING'},
                                         'Config': {it['fw']['FirewallPolicyArn']: {'SyncStatus': 'IN_SYNC', 'UpdateToken': it['token']}}}
    return {'Status': 'READY' if ready else 'PROVISIONING', 'ConfigurationSyncStateSummary': 'IN_SYNC', 'SyncStates': states}


# ------------------------------------------------------------------ Route 53: query logs by the ARN without :*
@stub('route53', 'CreateQueryLoggingConfig')
def query_log(call):
    arn = call.params['CloudWatchLogsLogGroupArn']
    if arn.endswith(':*'):
        return None
    out = call.moto('route53').create_query_logging_config(HostedZoneId=call.params['HostedZoneId'], CloudWatchLogsLogGroupArn=arn + ':*')
    out['QueryLoggingConfig']['CloudWatchLogsLogGroupArn'] = arn
    return without(out, 'ResponseMetadata')


@rewrite('route53', 'GetQueryLoggingConfig')
def query_log_get(call, out):
    q = out['QueryLoggingConfig']
    q['CloudWatchLogsLogGroupArn'] = q['CloudWatchLogsLogGroupArn'].removesuffix(':*')
    return out


# WAF refuses to delete a web ACL that a distribution uses (API reference, DeleteWebACL, WAFAssociatedItemException).
@stub('wafv2', 'DeleteWebACL')
def delete_used_web_acl(call):
    if any(call.params.get('Id', '?') in d['cfg'].get('WebACLId', '') for d in cf(call, 'Distribution').values()):
        raise AwsError('WAFAssociatedItemException', 'AWS WAF could not perform the operation because your resource is being used by another resource.')
    return None


# moto answers a missing network ACL by the error of a missing route table.
@stub('ec2', 'DescribeNetworkAcls')
def describe_network_acls(call):
    ids = call.params.get('NetworkAclIds') or []
    if ids:
        have = {a['NetworkAclId'] for a in call.moto('ec2').describe_network_acls()['NetworkAcls']}
        for i in ids:
            if i not in have:
                raise AwsError('InvalidNetworkAclID.NotFound', f"The networkAcl ID '{i}' does not exist")
    return None


# RDS keeps a parameter group that an instance or cluster uses (API reference, InvalidDBParameterGroupState).
@stub('rds', 'DeleteDBParameterGroup')
def delete_used_parameter_group(call):
    name = call.params.get('DBParameterGroupName', '').lower()
    try:
        used = [i['DBInstanceIdentifier'] for i in call.moto('rds').describe_db_instances()['DBInstances']
                if any(g['DBParameterGroupName'].lower() == name for g in i.get('DBParameterGroups', []))]
    except Exception:
        return None
    if used:
        raise AwsError('InvalidDBParameterGroupState', f'One or more database instances are still members of this parameter group {name}, so the group cannot be deleted')
    return None


# moto finds no tags where the path has no slash at its end, as the Go SDK writes it.
@stub('backup', 'ListTags')
def backup_list_tags(call):
    return {'Tags': call.moto('backup').list_tags(ResourceArn=call.params['ResourceArn']).get('Tags', {})}


# ------------------------------------------------------------------ S3: keys that a caller brings along (SSE-C) are blocked in new buckets since April 2026 ("Blocking or unblocking SSE-C")
@stub('s3', 'PutBucketEncryption')
def s3_put_encryption(call):
    kept = copy.deepcopy(call.params['ServerSideEncryptionConfiguration'])
    for rule in kept['Rules']:
        fill(rule, {'BlockedEncryptionTypes': {'EncryptionType': ['SSE-C']}, 'BucketKeyEnabled': False})
    call.table('s3 encryption', regional=False)[call.params['Bucket']] = kept
    return None


@rewrite('s3', 'GetBucketEncryption')
def s3_get_encryption(call, out):
    kept = call.table('s3 encryption', regional=False).get(call.params['Bucket'])
    if kept:
        return {'ServerSideEncryptionConfiguration': kept}


@stub('s3', 'DeleteBucketEncryption')
def s3_delete_encryption(call):
    call.table('s3 encryption', regional=False).pop(call.params['Bucket'], None)
    return None


# ------------------------------------------------------------------ EC2: filters that moto does not know, groups of endpoints, reserved names
@stub('ec2', 'DescribeSubnets')
def ec2_describe_subnets(call):
    """By the association of an IPv6 range, which moto refuses as a filter."""
    name = 'ipv6-cidr-block-association.association-id'
    wanted = [f for f in call.params.get('Filters', []) if f['Name'] == name]
    if not wanted:
        return None
    rest = [f for f in call.params['Filters'] if f['Name'] != name]
    out = call.moto('ec2').describe_subnets(**({'Filters': rest} if rest else {}))
    ids = set(wanted[0]['Values'])
    return ipv6_state(call, {'Subnets': [s for s in out['Subnets'] if ids & {a['AssociationId'] for a in s.get('Ipv6CidrBlockAssociationSet', [])}]})


@rewrite('ec2', 'DescribeSubnets', 'AssociateSubnetCidrBlock', 'DisassociateSubnetCidrBlock')
def ipv6_state(call, out):
    """moto writes the state of an IPv6 range that was added later as the text of an object."""
    ranges = [a for s in out.get('Subnets', []) for a in s.get('Ipv6CidrBlockAssociationSet', [])]
    for a in ranges + [a for a in [out.get('Ipv6CidrBlockAssociation')] if a]:
        state = a.get('Ipv6CidrBlockState', {})
        if "'" in state.get('State', ''):
            state['State'] = state['State'].split("'")[3]
    return out


@rewrite('ec2', 'CreateVpcEndpoint')
def ec2_endpoint_group(call, out):
    """An interface endpoint that is made without groups has the VPC's default one ("CreateVpcEndpoint")."""
    p = call.params
    if p.get('VpcEndpointType') != 'Interface' or p.get('SecurityGroupIds'):
        return None
    ec2 = call.moto('ec2')
    group = ec2.describe_security_groups(Filters=[{'Name': 'vpc-id', 'Values': [p['VpcId']]}, {'Name': 'group-name', 'Values': ['default']}])['SecurityGroups'][0]
    endpoint = out['VpcEndpoint']['VpcEndpointId']
    ec2.modify_vpc_endpoint(VpcEndpointId=endpoint, AddSecurityGroupIds=[group['GroupId']])
    return {'VpcEndpoint': ec2.describe_vpc_endpoints(VpcEndpointIds=[endpoint])['VpcEndpoints'][0]}


@stub('ec2', 'CreateSecurityGroup')
def ec2_reserved_name(call):
    if call.params['GroupName'].startswith('sg-'):
        raise AwsError('InvalidParameterValue', f"Value ({call.params['GroupName']}) for parameter GroupName is invalid. Group names may not be in the format sg-*", 400)
    return None


# ------------------------------------------------------------------ Secrets Manager: policies of secrets that are being deleted
def secret_of(call):
    return call.moto('secretsmanager').describe_secret(SecretId=call.params['SecretId'])


@stub('secretsmanager', 'GetResourcePolicy', 'PutResourcePolicy')
def secret_policy(call):
    """moto still has them."""
    if secret_of(call).get('DeletedDate'):
        raise AwsError('InvalidRequestException', "You can't perform this operation on the secret because it was marked for deletion.")
    return None


# ------------------------------------------------------------------ Secrets Manager: rotation by a function, which moto would run in a container
@stub('secretsmanager', 'RotateSecret')
def secret_rotation(call):
    function = call.params.get('RotationLambdaARN')
    if not function:
        return None
    try:
        call.moto('lambda').get_function(FunctionName=function)
    except Exception:
        raise AwsError('ResourceNotFoundException', f"Resource not found for ARN '{function}'.")
    secret = secret_of(call)
    call.table('secret rotation')[secret['ARN']] = {
        'RotationEnabled': True, 'RotationLambdaARN': function, 'RotationRules': call.params.get('RotationRules', {}), 'LastRotatedDate': now(),
    }
    return {k: secret[k] for k in ('ARN', 'Name')} | {'VersionId': uid()}


@stub('secretsmanager', 'CancelRotateSecret')
def secret_rotation_cancelled(call):
    secret = secret_of(call)
    if not call.table('secret rotation').pop(secret['ARN'], None):
        return None
    return {k: secret[k] for k in ('ARN', 'Name')}


@rewrite('secretsmanager', 'DescribeSecret')
def secret_described(call, out):
    return {**out, **call.table('secret rotation').get(out['ARN'], {})}


# ------------------------------------------------------------------ settings of the whole account
SERVICE_SETTINGS = {
    '/ssm/automation/customer-script-log-destination': '',
    '/ssm/automation/customer-script-log-group-name': '',
    '/ssm/documents/console/public-sharing-permission': 'Enable',
}


@stub('ssm', 'GetServiceSetting', 'UpdateServiceSetting', 'ResetServiceSetting')
def service_setting(call):
    setting = '/' + call.params['SettingId'].split('servicesetting/')[-1].lstrip('/')
    if setting not in SERVICE_SETTINGS:
        raise AwsError('ServiceSettingNotFound', f'Setting {setting} is not found')
    t = call.table('service settings')
    if call.op == 'UpdateServiceSetting':
        t[setting] = call.params['SettingValue'], now()
        return {}
    if call.op == 'ResetServiceSetting':
        t.pop(setting, None)
    value, since = t.get(setting, (SERVICE_SETTINGS[setting], now()))
    return {'ServiceSetting': {
        'SettingId': setting, 'SettingValue': value, 'LastModifiedDate': since, 'LastModifiedUser': 'System', 'Status': 'Customized' if setting in t else 'Default',
        'ARN': f'arn:aws:ssm:{call.region}:{call.account}:servicesetting{setting}',
    }}


@stub('ec2', 'GetEbsDefaultKmsKeyId', 'ModifyEbsDefaultKmsKeyId', 'ResetEbsDefaultKmsKeyId')
def ebs_default_key(call):
    t = call.table('ebs default key')
    if call.op == 'ModifyEbsDefaultKmsKeyId':
        t['key'] = call.moto('kms').describe_key(KeyId=call.params['KmsKeyId'])['KeyMetadata']['Arn']
    elif call.op == 'ResetEbsDefaultKmsKeyId':
        t.clear()
    return {'KmsKeyId': t.get('key', 'alias/aws/ebs')}


@rewrite('inspector2', 'BatchGetAccountStatus')
def inspector_status(call, out):
    """moto does not know that code repositories can be scanned."""
    for a in out.get('accounts', []):
        a['resourceState'].setdefault('codeRepository', {'status': 'DISABLED'})
        for state in [a['state'], *a['resourceState'].values()]:
            state.setdefault('errorCode', 'ALREADY_ENABLED' if state['status'] == 'ENABLED' else 'RESOURCE_NOT_FOUND')
            state.setdefault('errorMessage', '')
    return out


# ------------------------------------------------------------------ what moto takes and does not show
@rewrite('config', 'DescribeConfigurationRecorders')
def recorders(call, out):
    """AWS returns the recording settings even if they were not set."""
    for r in out.get('ConfigurationRecorders', []):
        group = r.setdefault('recordingGroup', {})
        group.setdefault('resourceTypes', [])
        group.setdefault('exclusionByResourceTypes', {'resourceTypes': []})
        group.setdefault('recordingStrategy', {'useOnly': 'ALL_SUPPORTED_RESOURCE_TYPES' if group.get('allSupported', True) else 'INCLUSION_BY_RESOURCE_TYPES'})
        r.setdefault('recordingMode', {'recordingFrequency': 'CONTINUOUS', 'recordingModeOverrides': []})
    return out


@stub('sns', 'CreateTopic', 'SetTopicAttributes')
def topic_feedback(call):
    p = call.params
    arn = p.get('TopicArn') or f"arn:aws:sns:{call.region}:{call.account}:{p['Name']}"
    wanted = {p['AttributeName']: p.get('AttributeValue', '')} if 'AttributeName' in p else p.get('Attributes') or {}
    call.table('topic feedback').setdefault(arn, {}).update({k: v for k, v in wanted.items() if 'Feedback' in k})
    return None


@rewrite('sns', 'GetTopicAttributes')
def topic_attributes(call, out):
    out['Attributes'].update(call.table('topic feedback').get(call.params['TopicArn'], {}))
    return out


# ------------------------------------------------------------------ IAM: service-linked roles
# moto makes a name of the service's principal; AWS has one of its own for each ("AWS services that work with IAM", and each service's guide).
LINKED_ROLES = {'config.amazonaws.com': 'AWSServiceRoleForConfig', 'opensearchservice.amazonaws.com': 'AWSServiceRoleForAmazonOpenSearchService'}


@stub('iam', 'CreateServiceLinkedRole')
def create_service_linked_role(call):
    service = call.params['AWSServiceName']
    name = LINKED_ROLES.get(service)
    if name is None or call.params.get('CustomSuffix'):
        return None
    iam = call.moto('iam')
    if iam.list_roles(PathPrefix=f'/aws-service-role/{service}/')['Roles']:
        raise AwsError('InvalidInput', f'Service role name {name} has been taken in this account, please try a different suffix.')
    trust = {'Version': '2012-10-17', 'Statement': [{'Effect': 'Allow', 'Principal': {'Service': [service]}, 'Action': ['sts:AssumeRole']}]}
    return {'Role': iam.create_role(Path=f'/aws-service-role/{service}/', RoleName=name, Description=call.params.get('Description', ''), AssumeRolePolicyDocument=json.dumps(trust))['Role']}

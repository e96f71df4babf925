"""ElastiCache, all of it: moto 5.2.1 drops half of a group, and knows neither parameter groups nor serverless caches. Registered as those of stubs.py."""
import time

from stubs import AwsError, now, rid, stub

CREATING = 3  # Seconds until something is available.


def arn(call, kind, name):
    return f'arn:aws:elasticache:{call.region}:{call.account}:{kind}:{name}'


def found(call, kind, name, code):
    """What has a name; gone once its time has come."""
    t = call.table(f'elasticache {kind}')
    item = t.get(name)
    if item and item.get('gone') and item['gone'] < time.time():
        del t[name]
        item = None
    if item is None:
        raise AwsError(code, f'{name} not found.', 404)
    return item


def put(call, kind, name, taken, item):
    t = call.table(f'elasticache {kind}')
    try:
        found(call, kind, name, 'Gone')
    except AwsError:
        item.update(name=name, arn=arn(call, kind, name), since=time.time())
        t[name] = item
        call.table('elasticache tags')[item['arn']] = {x['Key']: x.get('Value', '') for x in call.params.get('Tags') or []}
        return item
    raise AwsError(taken, f'{name} already exists.')


def listed(call, kind, key, code):
    """What a request asks for, by its name or all."""
    name = call.params.get(key)
    if name:
        return [found(call, kind, name, code)]
    return [found(call, kind, n, code) for n in list(call.table(f'elasticache {kind}')) if not gone(call, kind, n)]


def gone(call, kind, name):
    item = call.table(f'elasticache {kind}')[name]
    return bool(item.get('gone')) and item['gone'] < time.time()


def status(item):
    if item.get('gone'):
        return 'deleting'
    if time.time() - item['since'] < CREATING:
        return 'creating'
    return 'modifying' if time.time() - item.get('changed', 0) < CREATING else 'available'


def standing(item, code):
    if status(item) != 'available':
        raise AwsError(code, f"{item['name']} is not in an available state.")


def living(call, *kinds):
    return [i for kind in kinds for n, i in list(call.table(f'elasticache {kind}').items()) if not gone(call, kind, n)]


# ================================================================== tags
def tag_list(call, name):
    return {'TagList': [{'Key': k, 'Value': v} for k, v in call.table('elasticache tags').get(name, {}).items()]}


@stub('elasticache', 'ListTagsForResource')
def list_tags(call):
    return tag_list(call, call.params['ResourceName'])


@stub('elasticache', 'AddTagsToResource')
def add_tags(call):
    call.table('elasticache tags').setdefault(call.params['ResourceName'], {}).update({x['Key']: x.get('Value', '') for x in call.params['Tags']})
    return tag_list(call, call.params['ResourceName'])


@stub('elasticache', 'RemoveTagsFromResource')
def remove_tags(call):
    for key in call.params['TagKeys']:
        call.table('elasticache tags').setdefault(call.params['ResourceName'], {}).pop(key, None)
    return tag_list(call, call.params['ResourceName'])


# ================================================================== groups of subnets and of parameters
def subnet_group_view(g):
    return {'CacheSubnetGroupName': g['name'], 'CacheSubnetGroupDescription': g['description'], 'VpcId': g['vpc'], 'ARN': g['arn'],
            'Subnets': [{'SubnetIdentifier': s, 'SubnetAvailabilityZone': {'Name': z}, 'SupportedNetworkTypes': ['ipv4']} for s, z in g['subnets'].items()], 'SupportedNetworkTypes': ['ipv4']}


def subnets(call):
    out = call.moto('ec2').describe_subnets(SubnetIds=call.params['SubnetIds'])['Subnets']
    return out[0]['VpcId'], {s['SubnetId']: s['AvailabilityZone'] for s in out}


@stub('elasticache', 'CreateCacheSubnetGroup')
def create_subnet_group(call):
    vpc, zones = subnets(call)
    g = put(call, 'subnetgroup', call.params['CacheSubnetGroupName'], 'CacheSubnetGroupAlreadyExists',
            {'description': call.params['CacheSubnetGroupDescription'], 'vpc': vpc, 'subnets': zones})
    return {'CacheSubnetGroup': subnet_group_view(g)}


@stub('elasticache', 'ModifyCacheSubnetGroup')
def modify_subnet_group(call):
    g = found(call, 'subnetgroup', call.params['CacheSubnetGroupName'], 'CacheSubnetGroupNotFoundFault')
    if call.params.get('SubnetIds'):
        g['vpc'], g['subnets'] = subnets(call)
    g['description'] = call.params.get('CacheSubnetGroupDescription', g['description'])
    return {'CacheSubnetGroup': subnet_group_view(g)}


@stub('elasticache', 'DescribeCacheSubnetGroups')
def describe_subnet_groups(call):
    return {'CacheSubnetGroups': [subnet_group_view(g) for g in listed(call, 'subnetgroup', 'CacheSubnetGroupName', 'CacheSubnetGroupNotFoundFault')]}


@stub('elasticache', 'DeleteCacheSubnetGroup')
def delete_subnet_group(call):
    g = found(call, 'subnetgroup', call.params['CacheSubnetGroupName'], 'CacheSubnetGroupNotFoundFault')
    if any(c.get('CacheSubnetGroupName') == g['name'] for c in living(call, 'replicationgroup', 'cluster')):
        raise AwsError('CacheSubnetGroupInUse', f"Cache subnet group {g['name']} is currently in use by a cache cluster.")
    del call.table('elasticache subnetgroup')[g['name']]
    return {}


def parameter_group_view(g):
    return {'CacheParameterGroupName': g['name'], 'CacheParameterGroupFamily': g['family'], 'Description': g['description'], 'IsGlobal': False, 'ARN': g['arn']}


@stub('elasticache', 'CreateCacheParameterGroup')
def create_parameter_group(call):
    p = call.params
    g = put(call, 'parametergroup', p['CacheParameterGroupName'], 'CacheParameterGroupAlreadyExists', {'family': p['CacheParameterGroupFamily'], 'description': p['Description'], 'parameters': {}})
    return {'CacheParameterGroup': parameter_group_view(g)}


@stub('elasticache', 'DescribeCacheParameterGroups')
def describe_parameter_groups(call):
    return {'CacheParameterGroups': [parameter_group_view(g) for g in listed(call, 'parametergroup', 'CacheParameterGroupName', 'CacheParameterGroupNotFound')]}


@stub('elasticache', 'DescribeCacheParameters')
def describe_parameters(call):
    g = found(call, 'parametergroup', call.params['CacheParameterGroupName'], 'CacheParameterGroupNotFound')
    return {'Parameters': [{'ParameterName': k, 'ParameterValue': v, 'Source': 'user', 'DataType': 'string', 'IsModifiable': True, 'ChangeType': 'immediate'} for k, v in sorted(g['parameters'].items())]}


@stub('elasticache', 'ModifyCacheParameterGroup', 'ResetCacheParameterGroup')
def modify_parameters(call):
    g = found(call, 'parametergroup', call.params['CacheParameterGroupName'], 'CacheParameterGroupNotFound')
    if call.op == 'ResetCacheParameterGroup' and call.params.get('ResetAllParameters'):
        g['parameters'].clear()
    for x in call.params.get('ParameterNameValues') or []:
        if call.op == 'ResetCacheParameterGroup':
            g['parameters'].pop(x['ParameterName'], None)
        else:
            g['parameters'][x['ParameterName']] = x['ParameterValue']
    return {'CacheParameterGroupName': g['name']}


@stub('elasticache', 'DeleteCacheParameterGroup')
def delete_parameter_group(call):
    g = found(call, 'parametergroup', call.params['CacheParameterGroupName'], 'CacheParameterGroupNotFound')
    if any(c.get('CacheParameterGroupName') == g['name'] for c in living(call, 'replicationgroup', 'cluster')):
        raise AwsError('InvalidCacheParameterGroupState', f"One or more cache clusters are still members of this parameter group {g['name']}, so the group cannot be deleted.")
    del call.table('elasticache parametergroup')[g['name']]
    return {}


# ================================================================== users
def user_view(call, u):
    return {'UserId': u['name'], 'UserName': u['UserName'], 'Status': 'active', 'Engine': u['Engine'], 'MinimumEngineVersion': '6.0', 'AccessString': u['AccessString'], 'ARN': u['arn'],
            'UserGroupIds': [g['name'] for g in living(call, 'usergroup') if u['name'] in g['users']],
            # AWS takes no-password-required and shows no-password.
            'Authentication': {'Type': u['type'].replace('-required', '')}}


def sign_in(p):
    mode = (p.get('AuthenticationMode') or {}).get('Type')
    if not mode and not p.get('NoPasswordRequired') and not p.get('Passwords'):
        raise AwsError('InvalidParameterCombination', 'No password was provided. If you want to create a user without password, please use the NoPasswordRequired flag.')
    return mode or ('no-password-required' if p.get('NoPasswordRequired') else 'password')


@stub('elasticache', 'CreateUser')
def create_user(call):
    p = call.params
    mode = sign_in(p)
    if mode == 'iam' and p['UserId'] != p['UserName']:
        raise AwsError('InvalidParameterValue', 'User ID and user name must be the same for users with IAM authentication.')
    return user_view(call, put(call, 'user', p['UserId'], 'UserAlreadyExists', {'UserName': p['UserName'], 'Engine': p['Engine'].lower(), 'AccessString': p['AccessString'], 'type': mode}))


@stub('elasticache', 'ModifyUser')
def modify_user(call):
    u = found(call, 'user', call.params['UserId'], 'UserNotFound')
    for k in ('AccessString', 'Engine'):
        u[k] = call.params.get(k, u[k])
    return user_view(call, u)


@stub('elasticache', 'DescribeUsers')
def describe_users(call):
    return {'Users': [user_view(call, u) for u in listed(call, 'user', 'UserId', 'UserNotFound')]}


@stub('elasticache', 'DeleteUser')
def delete_user(call):
    u = found(call, 'user', call.params['UserId'], 'UserNotFound')
    if u['UserName'] == 'default' and any(u['name'] in g['users'] for g in living(call, 'usergroup')):
        raise AwsError('DefaultUserAssociatedToUserGroup', 'The default user is associated with a user group.')
    for g in living(call, 'usergroup'):
        g['users'] = [x for x in g['users'] if x != u['name']]
    del call.table('elasticache user')[u['name']]
    return {**user_view(call, u), 'Status': 'deleting'}


def user_group_view(g):
    return {'UserGroupId': g['name'], 'Status': 'active', 'Engine': g['Engine'], 'UserIds': g['users'], 'MinimumEngineVersion': '6.0', 'ReplicationGroups': [], 'ARN': g['arn']}


def check_users(call, engine, users):
    names = [found(call, 'user', u, 'UserNotFound')['UserName'] for u in users]
    if engine == 'redis' and 'default' not in names:
        raise AwsError('DefaultUserRequired', 'User group needs to contain a user with the user name default.')


@stub('elasticache', 'CreateUserGroup')
def create_user_group(call):
    p = call.params
    check_users(call, p['Engine'].lower(), p.get('UserIds') or [])
    return user_group_view(put(call, 'usergroup', p['UserGroupId'], 'UserGroupAlreadyExists', {'Engine': p['Engine'].lower(), 'users': list(p.get('UserIds') or [])}))


@stub('elasticache', 'ModifyUserGroup')
def modify_user_group(call):
    p = call.params
    g = found(call, 'usergroup', p['UserGroupId'], 'UserGroupNotFound')
    users = [u for u in g['users'] if u not in (p.get('UserIdsToRemove') or [])] + list(p.get('UserIdsToAdd') or [])
    check_users(call, p.get('Engine', g['Engine']), users)
    g['users'], g['Engine'] = users, p.get('Engine', g['Engine'])
    return user_group_view(g)


@stub('elasticache', 'DescribeUserGroups')
def describe_user_groups(call):
    return {'UserGroups': [user_group_view(g) for g in listed(call, 'usergroup', 'UserGroupId', 'UserGroupNotFound')]}


@stub('elasticache', 'DeleteUserGroup')
def delete_user_group(call):
    g = found(call, 'usergroup', call.params['UserGroupId'], 'UserGroupNotFound')
    if any(g['name'] in (c.get('UserGroupIds') or [c.get('UserGroupId')]) for c in living(call, 'replicationgroup', 'serverlesscache')):
        raise AwsError('InvalidUserGroupState', 'User group is associated with a cache.')
    del call.table('elasticache usergroup')[g['name']]
    return {**user_group_view(g), 'Status': 'deleting'}


# ================================================================== nodes of valkey and redis
def whole(version):
    return version if version.count('.') == 2 else version + '.0'


def group_view(g):
    members = [f"{g['name']}-{i + 1:03d}" for i in range(g['replicas'] + 1)]
    zones = ['a', 'b', 'c']
    here = g['region']
    host = f"{g['name']}.{g['word']}.{here}.cache.amazonaws.com"
    return {
        'ReplicationGroupId': g['name'], 'Description': g['ReplicationGroupDescription'], 'Status': status(g), 'MemberClusters': members, 'ARN': g['arn'], 'Engine': g['Engine'],
        'NodeGroups': [] if status(g) == 'creating' else [{
            'NodeGroupId': '0001', 'Status': 'available',
            'PrimaryEndpoint': {'Address': 'master.' + host, 'Port': g['Port']}, 'ReaderEndpoint': {'Address': 'replica.' + host, 'Port': g['Port']},
            'NodeGroupMembers': [{'CacheClusterId': m, 'CacheNodeId': '0001', 'CurrentRole': 'replica' if i else 'primary', 'PreferredAvailabilityZone': here + zones[i % 3],
                                  'ReadEndpoint': {'Address': f"{m}.{host}", 'Port': g['Port']}} for i, m in enumerate(members)],
        }],
        'AutomaticFailover': 'enabled' if g.get('AutomaticFailoverEnabled') else 'disabled', 'MultiAZ': 'enabled' if g.get('MultiAZEnabled') else 'disabled',
        'SnapshotRetentionLimit': g.get('SnapshotRetentionLimit', 0), 'SnapshotWindow': g.get('SnapshotWindow', '05:00-06:00'), 'ClusterEnabled': False, 'ClusterMode': 'disabled',
        'CacheNodeType': g['CacheNodeType'], 'AuthTokenEnabled': bool(g.get('AuthToken')), 'TransitEncryptionEnabled': g.get('TransitEncryptionEnabled', False),
        'TransitEncryptionMode': g.get('TransitEncryptionMode'), 'AtRestEncryptionEnabled': g.get('AtRestEncryptionEnabled', False), 'KmsKeyId': g.get('KmsKeyId'),
        'UserGroupIds': g.get('UserGroupIds') or [], 'AutoMinorVersionUpgrade': g.get('AutoMinorVersionUpgrade', True), 'NetworkType': 'ipv4', 'IpDiscovery': 'ipv4', 'DataTiering': 'disabled',
        'LogDeliveryConfigurations': [{**x, 'Status': 'active'} for x in g.get('LogDeliveryConfigurations') or []],
    }


def check_logs(call):
    for x in call.params.get('LogDeliveryConfigurations') or []:
        name = (x.get('DestinationDetails') or {}).get('CloudWatchLogsDetails', {}).get('LogGroup')
        if name and not any(g['logGroupName'] == name for g in call.moto('logs').describe_log_groups(logGroupNamePrefix=name)['logGroups']):
            raise AwsError('InvalidParameterValue', f'Unable to find the log group {name}.')


@stub('elasticache', 'CreateReplicationGroup')
def create_group(call):
    p = call.params
    found(call, 'subnetgroup', p['CacheSubnetGroupName'], 'CacheSubnetGroupNotFoundFault')
    found(call, 'parametergroup', p['CacheParameterGroupName'], 'CacheParameterGroupNotFound')
    for u in p.get('UserGroupIds') or []:
        found(call, 'usergroup', u, 'UserGroupNotFound')
    check_logs(call)
    if p.get('AuthToken') and (not p.get('TransitEncryptionEnabled') or len(p['AuthToken']) < 16 or p.get('UserGroupIds')):
        raise AwsError('InvalidParameterCombination', 'An auth token needs encryption in transit and at least 16 characters, and excludes user groups.')
    if p.get('AutomaticFailoverEnabled') and not p.get('ReplicasPerNodeGroup'):
        raise AwsError('InvalidParameterCombination', 'Automatic failover is not supported for replication groups without replicas.')
    g = put(call, 'replicationgroup', p['ReplicationGroupId'], 'ReplicationGroupAlreadyExists',
            {**{k: v for k, v in p.items() if k != 'Tags'}, 'replicas': p.get('ReplicasPerNodeGroup', 0), 'word': rid(6, '').lower(), 'region': call.region})
    return {'ReplicationGroup': group_view(g)}


@stub('elasticache', 'DescribeReplicationGroups')
def describe_groups(call):
    return {'ReplicationGroups': [group_view(g) for g in listed(call, 'replicationgroup', 'ReplicationGroupId', 'ReplicationGroupNotFoundFault')]}


@stub('elasticache', 'ModifyReplicationGroup')
def modify_group(call):
    p = call.params
    g = found(call, 'replicationgroup', p['ReplicationGroupId'], 'ReplicationGroupNotFoundFault')
    standing(g, 'InvalidReplicationGroupState')
    check_logs(call)
    if p.get('AutomaticFailoverEnabled') and not g['replicas']:
        raise AwsError('InvalidParameterCombination', 'Automatic failover is not supported for replication groups without replicas.')
    changed = {k: v for k, v in p.items() if k not in ('ReplicationGroupId', 'ApplyImmediately', 'AuthTokenUpdateStrategy', 'UserGroupIdsToAdd', 'UserGroupIdsToRemove', 'SnapshottingClusterId')}
    if changed.get('CacheParameterGroupName'):
        found(call, 'parametergroup', changed['CacheParameterGroupName'], 'CacheParameterGroupNotFound')
    if 'LogDeliveryConfigurations' in changed:
        changed['LogDeliveryConfigurations'] = [x for x in changed['LogDeliveryConfigurations'] if x.get('Enabled', True)]
    g.update(changed, changed=time.time())
    return {'ReplicationGroup': group_view(g)}


@stub('elasticache', 'IncreaseReplicaCount', 'DecreaseReplicaCount')
def replica_count(call):
    g = found(call, 'replicationgroup', call.params['ReplicationGroupId'], 'ReplicationGroupNotFoundFault')
    standing(g, 'InvalidReplicationGroupState')
    if call.params['NewReplicaCount'] == 0 and g.get('AutomaticFailoverEnabled'):
        raise AwsError('InvalidParameterValue', 'Cannot remove the last replica of a replication group with automatic failover enabled.')
    g.update(replicas=call.params['NewReplicaCount'], changed=time.time())
    return {'ReplicationGroup': group_view(g)}


def snapshot(call, name, of):
    if not name:
        return
    if name in call.table('elasticache snapshots'):
        raise AwsError('SnapshotAlreadyExistsFault', f'{name} already exists.')
    call.table('elasticache snapshots')[name] = {'SnapshotName': name, 'ReplicationGroupId': of, 'SnapshotStatus': 'available', 'NodeSnapshots': [{'SnapshotCreateTime': now()}]}


@stub('elasticache', 'DescribeSnapshots')
def describe_snapshots(call):
    return {'Snapshots': [s for n, s in call.table('elasticache snapshots').items() if call.params.get('SnapshotName', n) == n]}


@stub('elasticache', 'DeleteReplicationGroup')
def delete_group(call):
    g = found(call, 'replicationgroup', call.params['ReplicationGroupId'], 'ReplicationGroupNotFoundFault')
    standing(g, 'InvalidReplicationGroupState')
    snapshot(call, call.params.get('FinalSnapshotIdentifier'), g['name'])
    g['gone'] = time.time() + CREATING
    return {'ReplicationGroup': group_view(g)}


# ================================================================== clusters: members of groups, and memcached
def cluster_view(c, name, group=None):
    nodes = 1 if group else c['NumCacheNodes']
    host = f"{c['name']}.{c['word']}.cfg.{c['region']}.cache.amazonaws.com"
    spread = not group and c.get('AZMode') == 'cross-az'
    out = {
        'CacheClusterId': name, 'CacheNodeType': c['CacheNodeType'], 'Engine': c['Engine'], 'EngineVersion': whole(c['EngineVersion']), 'CacheClusterStatus': status(c), 'NumCacheNodes': nodes,
        'PreferredAvailabilityZone': 'Multiple' if spread else c['region'] + 'a', 'PreferredMaintenanceWindow': c.get('PreferredMaintenanceWindow', 'sun:05:00-sun:06:00'),
        'CacheSecurityGroups': [], 'SecurityGroups': [{'SecurityGroupId': s, 'Status': 'active'} for s in c.get('SecurityGroupIds') or []],
        'CacheParameterGroup': {'CacheParameterGroupName': c['CacheParameterGroupName'], 'ParameterApplyStatus': 'in-sync', 'CacheNodeIdsToReboot': []},
        'CacheSubnetGroupName': c['CacheSubnetGroupName'], 'AutoMinorVersionUpgrade': c.get('AutoMinorVersionUpgrade', True), 'SnapshotRetentionLimit': c.get('SnapshotRetentionLimit', 0),
        'AuthTokenEnabled': bool(c.get('AuthToken')), 'TransitEncryptionEnabled': c.get('TransitEncryptionEnabled', False), 'TransitEncryptionMode': c.get('TransitEncryptionMode'),
        'AtRestEncryptionEnabled': c.get('AtRestEncryptionEnabled', False), 'NetworkType': 'ipv4', 'IpDiscovery': 'ipv4', 'ARN': c['arn'],
        'CacheNodes': [{'CacheNodeId': f'{i + 1:04d}', 'CacheNodeStatus': 'available', 'Endpoint': {'Address': host.replace('.cfg.', f'.{i + 1:04d}.'), 'Port': c['Port']},
                        'CustomerAvailabilityZone': c['region'] + ('ab'[i % 2] if spread else 'a')} for i in range(nodes)],
    }
    if group:
        out['ReplicationGroupId'] = group
    elif c['Engine'] == 'memcached':
        out['ConfigurationEndpoint'] = {'Address': host, 'Port': c['Port']}
    return out


@stub('elasticache', 'CreateCacheCluster')
def create_cluster(call):
    p = call.params
    found(call, 'subnetgroup', p['CacheSubnetGroupName'], 'CacheSubnetGroupNotFoundFault')
    found(call, 'parametergroup', p['CacheParameterGroupName'], 'CacheParameterGroupNotFound')
    if p['Engine'] == 'memcached' and (p.get('SnapshotWindow') or p.get('SnapshotRetentionLimit')):
        raise AwsError('InvalidParameterCombination', 'Snapshots are not supported for memcached.')
    if p.get('AZMode') == 'cross-az' and p['NumCacheNodes'] < 2:
        raise AwsError('InvalidParameterCombination', 'cross-az needs more than one cache node.')
    c = put(call, 'cluster', p['CacheClusterId'], 'CacheClusterAlreadyExists', {**{k: v for k, v in p.items() if k != 'Tags'}, 'word': rid(6, '').lower(), 'region': call.region})
    return {'CacheCluster': cluster_view(c, c['name'])}


@stub('elasticache', 'DescribeCacheClusters')
def describe_clusters(call):
    name = call.params.get('CacheClusterId')
    members = {f"{g['name']}-{i + 1:03d}": g for g in living(call, 'replicationgroup') for i in range(g['replicas'] + 1)}
    if name in members:
        return {'CacheClusters': [cluster_view(members[name], name, members[name]['name'])]}
    out = [cluster_view(c, c['name']) for c in listed(call, 'cluster', 'CacheClusterId', 'CacheClusterNotFound')]
    if not name:
        out += [cluster_view(g, n, g['name']) for n, g in members.items()]
    return {'CacheClusters': out}


@stub('elasticache', 'ModifyCacheCluster')
def modify_cluster(call):
    c = found(call, 'cluster', call.params['CacheClusterId'], 'CacheClusterNotFound')
    standing(c, 'InvalidCacheClusterState')
    c.update({k: v for k, v in call.params.items() if k not in ('CacheClusterId', 'ApplyImmediately')}, changed=time.time())
    return {'CacheCluster': cluster_view(c, c['name'])}


@stub('elasticache', 'DeleteCacheCluster')
def delete_cluster(call):
    c = found(call, 'cluster', call.params['CacheClusterId'], 'CacheClusterNotFound')
    standing(c, 'InvalidCacheClusterState')
    c['gone'] = time.time() + CREATING
    return {'CacheCluster': cluster_view(c, c['name'])}


# ================================================================== serverless caches
READS = {'memcached': (11211, 11212)}


def serverless_view(c):
    write, read = READS.get(c['Engine'], (6379, 6380))
    host = f"{c['name']}-{c['word']}.serverless.{c['region']}.cache.amazonaws.com"
    out = {k: c[k] for k in ('Engine', 'MajorEngineVersion', 'KmsKeyId', 'SecurityGroupIds', 'SubnetIds', 'UserGroupId', 'SnapshotRetentionLimit', 'DailySnapshotTime', 'CacheUsageLimits') if c.get(k) is not None}
    out.update(ServerlessCacheName=c['name'], Description=c.get('Description', ' '), CreateTime=c['at'], Status=status(c), ARN=c['arn'], FullEngineVersion=c['MajorEngineVersion'] + '.1')
    if status(c) != 'creating':
        out.update(Endpoint={'Address': host, 'Port': write}, ReaderEndpoint={'Address': host, 'Port': read})
    return out


@stub('elasticache', 'CreateServerlessCache')
def create_serverless(call):
    p = call.params
    if p['Engine'] != 'memcached' and p.get('UserGroupId'):
        found(call, 'usergroup', p['UserGroupId'], 'UserGroupNotFound')
    c = put(call, 'serverlesscache', p['ServerlessCacheName'], 'ServerlessCacheAlreadyExistsFault',
            {**{k: v for k, v in p.items() if k != 'Tags'}, 'word': rid(6, '').lower(), 'region': call.region, 'at': now()})
    if p['Engine'] != 'memcached':
        c.setdefault('SnapshotRetentionLimit', 0)
    return {'ServerlessCache': serverless_view(c)}


@stub('elasticache', 'DescribeServerlessCaches')
def describe_serverless(call):
    return {'ServerlessCaches': [serverless_view(c) for c in listed(call, 'serverlesscache', 'ServerlessCacheName', 'ServerlessCacheNotFoundFault')]}


@stub('elasticache', 'ModifyServerlessCache')
def modify_serverless(call):
    c = found(call, 'serverlesscache', call.params['ServerlessCacheName'], 'ServerlessCacheNotFoundFault')
    standing(c, 'InvalidServerlessCacheStateFault')
    changed = {k: v for k, v in call.params.items() if k != 'ServerlessCacheName'}
    if len(set(changed) - {'MajorEngineVersion'}) > 1:
        raise AwsError('InvalidParameterCombination', 'Serverless Cache modifications only support modifying one field per request.')
    c.update(changed, changed=time.time())
    return {'ServerlessCache': serverless_view(c)}


@stub('elasticache', 'DeleteServerlessCache')
def delete_serverless(call):
    c = found(call, 'serverlesscache', call.params['ServerlessCacheName'], 'ServerlessCacheNotFoundFault')
    standing(c, 'InvalidServerlessCacheStateFault')
    c['gone'] = time.time() + CREATING
    return {'ServerlessCache': serverless_view(c)}

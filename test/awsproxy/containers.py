"""What moto 5.2.1 lacks or gets wrong of the services that run an application: ECS, load balancers, functions. Registered as those of stubs.py."""
import json

import search
from stubs import AwsError, fill, rewrite, stub, tagged

# ================================================================== ECS
# Fields of a service that moto drops, and AWS's defaults.
SERVICE = {
    'availabilityZoneRebalancing': 'DISABLED',
    'capacityProviderStrategy': [],
    'deploymentConfiguration': {'deploymentCircuitBreaker': {'enable': False, 'rollback': False}, 'maximumPercent': 200, 'minimumHealthyPercent': 100, 'strategy': 'ROLLING', 'bakeTimeInMinutes': 0},
    'enableECSManagedTags': False,
    'enableExecuteCommand': False,
    'healthCheckGracePeriodSeconds': 0,
    'platformVersion': 'LATEST',
    'platformFamily': 'Linux',
    'placementConstraints': [],
    'placementStrategy': [],
}


def ecs_name(text):
    return (text or 'default').split('/')[-1]


def kept(call, service):
    return call.table('ecs services').setdefault((ecs_name(service.get('clusterArn') or service.get('cluster')), service['serviceName']), {})


def port_names(call, definition):
    """The names of ports of a task definition."""
    containers = call.moto('ecs').describe_task_definition(taskDefinition=definition)['taskDefinition']['containerDefinitions']
    return {m['name'] for c in containers for m in c.get('portMappings') or [] if m.get('name')}


def check_connection(call, p):
    """What ECS refuses of how services call each other."""
    connection = p.get('serviceConnectConfiguration') or {}
    if connection.get('enabled') and p.get('taskDefinition'):
        for s in connection.get('services') or []:
            if s['portName'] not in port_names(call, p['taskDefinition']):
                raise AwsError('InvalidParameterException', f"The portName(s) [{s['portName']}] were not found in the task definition.")


@stub('servicediscovery', 'DeleteNamespace')
def namespace_deleted(call):
    arn = f":namespace/{call.params['Id']}"
    for (cluster, name), t in call.table('ecs services').items():
        connection = t.get('serviceConnectConfiguration') or {}
        if connection.get('enabled') and (connection.get('namespace') or '').endswith(arn):
            found = call.moto('ecs').describe_services(cluster=cluster, services=[name])['services']
            if any(s['status'] != 'INACTIVE' for s in found):
                raise AwsError('ResourceInUse', 'Namespace has associated services; delete the services before deleting the namespace')
    return None


@stub('ecs', 'CreateService', 'UpdateService')
def service_asked(call):
    p = call.params
    check_connection(call, p)
    for balancer in p.get('loadBalancers') or []:
        group = balancer['targetGroupArn']
        if not call.moto('elbv2').describe_target_groups(TargetGroupArns=[group])['TargetGroups'][0].get('LoadBalancerArns'):
            raise AwsError('InvalidParameterException', f'The target group with targetGroupArn {group} does not have an associated load balancer.')
    if p.get('taskDefinition'):
        status = call.moto('ecs').describe_task_definition(taskDefinition=p['taskDefinition'])['taskDefinition']['status']
        if status != 'ACTIVE':
            raise AwsError('ClientException', 'TaskDefinition is inactive')
    t = call.table('ecs services').setdefault((ecs_name(p.get('cluster')), ecs_name(p.get('serviceName') or p.get('service'))), {})
    if call.op == 'CreateService':
        t.clear()
    for k, v in p.items():
        if k in SERVICE or k in ('networkConfiguration', 'loadBalancers', 'serviceConnectConfiguration'):
            t[k] = {**t.get(k, {}), **v} if k == 'deploymentConfiguration' else v
    return None


def service_view(call, s):
    if s.get('status') == 'INACTIVE':
        return s
    s.update({k: v for k, v in kept(call, s).items()})
    # AWS returns Service Connect only for deployments.
    connection = s.pop('serviceConnectConfiguration', None)
    fill(s, SERVICE)
    s['runningCount'], s['pendingCount'] = s.get('desiredCount', 0), 0
    s['roleArn'] = f'arn:aws:iam::{call.account}:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS'
    for d in s.get('deployments') or []:
        d.update(taskDefinition=s.get('taskDefinition'), desiredCount=s['runningCount'], runningCount=s['runningCount'], pendingCount=0, rolloutState='COMPLETED',
                 rolloutStateReason='ECS deployment completed.', networkConfiguration=s.get('networkConfiguration'))
        d.pop('serviceConnectConfiguration', None)
        if connection and connection.get('enabled'):
            d['serviceConnectConfiguration'] = connection
    return s


@rewrite('ecs', 'CreateService', 'UpdateService', 'DeleteService')
def service_answered(call, out):
    service_view(call, out['service'])
    return out


@rewrite('ecs', 'DescribeServices')
def services_described(call, out):
    for s in out['services']:
        service_view(call, s)
    return out


@stub('ecs', 'DeleteCluster')
def cluster_deleted(call):
    ecs = call.moto('ecs')
    arns = ecs.list_services(cluster=call.params['cluster'])['serviceArns']
    if arns and any(s['status'] == 'ACTIVE' for s in ecs.describe_services(cluster=call.params['cluster'], services=arns)['services']):
        raise AwsError('ClusterContainsServicesException', 'The Cluster cannot be deleted while Services are active.')
    return None


# Names of a task definition that moto drops, as it was registered.
TASK = ('runtimePlatform', 'ephemeralStorage', 'executionRoleArn', 'taskRoleArn', 'cpu', 'memory', 'requiresCompatibilities')


@rewrite('ecs', 'RegisterTaskDefinition')
def task_registered(call, out):
    d = out['taskDefinition']
    call.table('ecs tasks')[d['taskDefinitionArn']] = {k: call.params[k] for k in TASK if call.params.get(k)}
    return task_view(call, out)


@rewrite('ecs', 'DescribeTaskDefinition')
def task_view(call, out):
    d = out['taskDefinition']
    d.update(call.table('ecs tasks').get(d['taskDefinitionArn'], {}))
    for c in d['containerDefinitions']:
        fill(c, {'cpu': 0, 'portMappings': [], 'environment': [], 'mountPoints': [], 'volumesFrom': [], 'systemControls': []})
    return out


# ================================================================== Load balancers
BALANCER = {
    'access_logs.s3.enabled': 'false', 'access_logs.s3.bucket': '', 'access_logs.s3.prefix': '', 'client_keep_alive.seconds': '3600', 'connection_logs.s3.enabled': 'false',
    'connection_logs.s3.bucket': '', 'connection_logs.s3.prefix': '', 'deletion_protection.enabled': 'false', 'health_check_logs.s3.enabled': 'false', 'health_check_logs.s3.bucket': '',
    'health_check_logs.s3.prefix': '', 'idle_timeout.timeout_seconds': '60', 'load_balancing.cross_zone.enabled': 'true', 'routing.http.desync_mitigation_mode': 'defensive',
    'routing.http.drop_invalid_header_fields.enabled': 'false', 'routing.http.preserve_host_header.enabled': 'false', 'routing.http.x_amzn_tls_version_and_cipher_suite.enabled': 'false',
    'routing.http.xff_client_port.enabled': 'false', 'routing.http.xff_header_processing.mode': 'append', 'routing.http2.enabled': 'true', 'waf.fail_open.enabled': 'false',
    'zonal_shift.config.enabled': 'false',
}


@rewrite('elbv2', 'DescribeLoadBalancerAttributes')
def balancer_attributes(call, out):
    has = {a['Key']: a['Value'] for a in out['Attributes']}
    has.pop('load_balancing.cross_zone.enabled', None)  # Always on for those of applications.
    return {'Attributes': [{'Key': k, 'Value': v} for k, v in {**BALANCER, **has}.items()]}


@rewrite('elbv2', 'CreateLoadBalancer')
def balancer_created(call, out):
    p = call.params
    if p.get('Type') == 'application':
        zones = {z['ZoneName'] for z in out['LoadBalancers'][0]['AvailabilityZones']}
        if len(zones) < 2:
            raise AwsError('InvalidConfigurationRequest', 'At least two subnets in two different Availability Zones must be specified')
    return out


@rewrite('elbv2', 'DescribeListenerAttributes')
def listener_attributes(call, out):
    has = {a['Key']: a['Value'] for a in out['Attributes']}
    has.pop('tcp.idle_timeout.seconds', None)  # Of TCP alone.
    return {'Attributes': [{'Key': k, 'Value': v} for k, v in {'routing.http.response.server.enabled': 'true', **has}.items()]}


def both_ways(actions):
    """AWS returns a target group twice: as a field, and as the only one in a forward action."""
    for a in actions or []:
        if a.get('TargetGroupArn'):
            fill(a, {'ForwardConfig': {'TargetGroups': [{'TargetGroupArn': a['TargetGroupArn'], 'Weight': 1}], 'TargetGroupStickinessConfig': {'Enabled': False}}})


@rewrite('elbv2', 'CreateListener', 'ModifyListener', 'DescribeListeners')
def listeners(call, out):
    for li in out['Listeners']:
        both_ways(li.get('DefaultActions'))
        if li.get('Protocol') == 'HTTP':
            li.pop('SslPolicy', None)
        if li.get('Protocol') == 'HTTPS':
            fill(li, {'MutualAuthentication': {'Mode': 'off'}})
        if not li.get('AlpnPolicy'):
            li.pop('AlpnPolicy', None)
    return out


@rewrite('elbv2', 'CreateRule', 'ModifyRule', 'DescribeRules')
def rules(call, out):
    for r in out['Rules']:
        both_ways(r.get('Actions'))
        for c in r.get('Conditions') or []:
            if c.get('PathPatternConfig'):
                c['Values'] = c['PathPatternConfig'].get('Values')
    return out


def used_by(call, key, ident):
    """A resource of an application in a subnet or a security group, if any."""
    for b in call.moto('elbv2').describe_load_balancers()['LoadBalancers']:
        if ident in (b.get('SecurityGroups') or []) + [z['SubnetId'] for z in b['AvailabilityZones']]:
            return b['LoadBalancerArn']
    for (cluster, name), t in call.table('ecs services').items():
        if ident in ((t.get('networkConfiguration') or {}).get('awsvpcConfiguration') or {}).get(key) or []:
            found = call.moto('ecs').describe_services(cluster=cluster, services=[name])['services']
            if any(s['status'] != 'INACTIVE' and s['desiredCount'] for s in found):
                return name
    return search.domain_in(call, ident)


@stub('ec2', 'DeleteSecurityGroup')
def group_deleted(call):
    group = call.params.get('GroupId')
    if used_by(call, 'securityGroups', group):
        raise AwsError('DependencyViolation', f'resource {group} has a dependent object')
    return None


@stub('ec2', 'DeleteSubnet')
def subnet_deleted(call):
    subnet = call.params.get('SubnetId')
    if used_by(call, 'subnets', subnet):
        raise AwsError('DependencyViolation', f"The subnet '{subnet}' has dependencies and cannot be deleted.")
    return None


# ================================================================== Autoscaling
@rewrite('application-autoscaling', 'RegisterScalableTarget')
def scalable(call, out):
    p = call.params
    found = call.moto('application-autoscaling').describe_scalable_targets(ServiceNamespace=p['ServiceNamespace'], ResourceIds=[p['ResourceId']])['ScalableTargets'][0]
    table = call.table('application-autoscaling tags', regional=False)
    if p.get('Tags') or found['ScalableTargetARN'] not in table:
        table[found['ScalableTargetARN']] = dict(p.get('Tags') or {})
    return {**out, 'ScalableTargetARN': found['ScalableTargetARN']}


@stub('application-autoscaling', 'ListTagsForResource', 'TagResource', 'UntagResource')
def scalable_tags(call):
    return tagged(call, 'ResourceARN', 'application-autoscaling', out=dict)


# ================================================================== Functions
@stub('lambda', 'Invoke')
def invoked(call):
    """Every function succeeds, because the provider ignores its result."""
    call.moto('lambda').get_function(FunctionName=call.params['FunctionName'])
    return {'StatusCode': 200, 'ExecutedVersion': '$LATEST', 'Payload': json.dumps({'succeeded': True}).encode()}


@rewrite('lambda', 'CreateFunctionUrlConfig', 'UpdateFunctionUrlConfig', 'GetFunctionUrlConfig')
def function_url(call, out):
    out['FunctionUrl'] = out['FunctionUrl'].rstrip('/') + '/'
    out['InvokeMode'] = (out.get('InvokeMode') or 'BUFFERED').upper()
    return out


@rewrite('lambda', 'GetPolicy')
def function_policy(call, out):
    """The conditions that AWS makes of a permission's parameters, where moto keeps the parameters."""
    policy = json.loads(out['Policy'])
    for s in policy['Statement']:
        kind = s.pop('FunctionUrlAuthType', None)
        if kind:
            s.setdefault('Condition', {}).setdefault('StringEquals', {})['lambda:FunctionUrlAuthType'] = kind
        if s.pop('InvokedViaFunctionUrl', None):
            s.setdefault('Condition', {}).setdefault('Bool', {})['lambda:InvokedViaFunctionUrl'] = 'true'
    return {**out, 'Policy': json.dumps(policy)}

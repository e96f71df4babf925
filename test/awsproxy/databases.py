"""What moto 5.2.1 gets wrong of RDS for MySQL and MariaDB. Registered as those of stubs.py."""
from stubs import AwsError, rds_remember, rewrite, stub

# Of the option, as RDS shows all settings of it (Amazon RDS User Guide, "MariaDB Audit Plugin support").
DEFAULTS = {'SERVER_AUDIT': 'FORCE_PLUS_PERMANENT', 'SERVER_AUDIT_FILE_PATH': '/rdsdbdata/log/audit/', 'SERVER_AUDIT_FILE_ROTATE_SIZE': '1000000',
            'SERVER_AUDIT_FILE_ROTATIONS': '9', 'SERVER_AUDIT_LOGGING': 'ON', 'SERVER_AUDIT_QUERY_LOG_LIMIT': '1024', 'SERVER_AUDIT_EVENTS': 'CONNECT,QUERY'}
VERSIONS = {'mysql': ('5.7', '8.0', '8.4'), 'mariadb': ('10.6', '10.11', '11.4', '11.8')}
SMALL = ('db.t2.micro', 'db.t2.small', 'db.t3.micro', 'db.t3.small', 'db.t4g.micro', 'db.t4g.small')


@stub('rds', 'CreateOptionGroup')
def create_option_group(call):
    """moto knows the versions of 2022 only."""
    p = dict(call.params)
    if p['MajorEngineVersion'] not in VERSIONS.get(p['EngineName'], ()):
        raise AwsError('InvalidParameterCombination', f"Cannot find major version {p['MajorEngineVersion']} for {p['EngineName']}")
    call.table('option groups')[p['OptionGroupName'].lower()] = p['MajorEngineVersion']
    p['MajorEngineVersion'] = {'mysql': '8.0', 'mariadb': '10.6'}[p['EngineName']]
    out = call.moto('rds').create_option_group(**p)
    return {'OptionGroup': shown(call, out['OptionGroup'])}


@rewrite('rds', 'DescribeOptionGroups')
def describe_option_groups(call, out):
    for group in out.get('OptionGroupsList', []):
        shown(call, group)
    return out


@rewrite('rds', 'ModifyOptionGroup')
def modify_option_group(call, out):
    shown(call, out['OptionGroup'])
    return out


def shown(call, group):
    """RDS shows all settings of an option, each with its default."""
    group['MajorEngineVersion'] = call.table('option groups').get(group['OptionGroupName'], group.get('MajorEngineVersion'))
    for option in group.get('Options', []):
        said = {s['Name']: s['Value'] for s in option.get('OptionSettings', [])}
        option['OptionSettings'] = [{'Name': n, 'Value': said.get(n, v), 'DefaultValue': v} for n, v in DEFAULTS.items()]
    return group


@stub('rds', 'DeleteOptionGroup')
def delete_option_group(call):
    name = call.params['OptionGroupName'].lower()
    rds = call.moto('rds')
    users = [i for i in rds.describe_db_instances()['DBInstances'] if name in [m['OptionGroupName'] for m in i.get('OptionGroupMemberships', [])]]
    snapshots = [s for s in rds.describe_db_snapshots()['DBSnapshots'] if s.get('OptionGroupName') == name]
    if users or snapshots:
        raise AwsError('InvalidOptionGroupStateFault', f"The option group '{name}' cannot be deleted because it is in use.")
    return None


@stub('rds', 'CreateDBInstance', 'ModifyDBInstance')
def database_instance(call):
    """What RDS refuses of MySQL and MariaDB, and moto takes."""
    p = call.params
    engine, size = p.get('Engine'), p.get('DBInstanceClass')
    if engine in VERSIONS and size in SMALL and p.get('EnablePerformanceInsights'):
        raise AwsError('InvalidParameterCombination', 'Performance Insights not supported for this configuration, please disable this feature.')
    if engine in VERSIONS and len(p.get('MasterUsername', '')) > 16:
        raise AwsError('InvalidParameterValue', 'The parameter MasterUsername is not a valid length. It must be 1 to 16 characters.')
    wanted = p.get('OptionGroupName')
    if wanted and not wanted.startswith('default:') and wanted.lower() not in call.table('option groups'):
        raise AwsError('OptionGroupNotFoundFault', f'Specified OptionGroupName: {wanted} not found.', 404)
    return rds_remember(call)

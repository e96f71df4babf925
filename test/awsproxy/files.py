"""What moto 5.2.1 lacks of EFS. Registered as those of stubs.py."""
from stubs import AwsError, fill, rewrite, stub


# ================================================================== EFS
@stub('efs', 'PutBackupPolicy')
def put_backup_policy(call):
    call.moto('efs').describe_file_systems(FileSystemId=call.params['FileSystemId'])
    call.table('efs backups')[call.params['FileSystemId']] = call.params['BackupPolicy']['Status']
    return {'BackupPolicy': call.params['BackupPolicy']}


@stub('efs', 'DescribeBackupPolicy')
def describe_backup_policy(call):
    call.moto('efs').describe_file_systems(FileSystemId=call.params['FileSystemId'])  # Gone with its file system.
    status = call.table('efs backups').get(call.params['FileSystemId'])
    return {'BackupPolicy': {'Status': status}} if status else None


@stub('efs', 'DeleteFileSystemPolicy')
def delete_file_system_policy(call):
    call.table('efs policies').pop(call.params['FileSystemId'], None)
    return {}


@stub('efs', 'PutFileSystemPolicy')
def put_file_system_policy(call):
    call.moto('efs').describe_file_systems(FileSystemId=call.params['FileSystemId'])
    call.table('efs policies')[call.params['FileSystemId']] = call.params['Policy']
    return {'FileSystemId': call.params['FileSystemId'], 'Policy': call.params['Policy']}


@stub('efs', 'DescribeFileSystemPolicy')
def describe_file_system_policy(call):
    call.moto('efs').describe_file_systems(FileSystemId=call.params['FileSystemId'])
    policy = call.table('efs policies').get(call.params['FileSystemId'])
    if policy is None:
        raise AwsError('PolicyNotFound', 'The policy does not exist.', 404)
    return {'FileSystemId': call.params['FileSystemId'], 'Policy': policy}


@rewrite('efs', 'DescribeFileSystems', 'CreateFileSystem')
def protected(call, out):
    for system in out.get('FileSystems', [out]):
        fill(system, {'FileSystemProtection': {'ReplicationOverwriteProtection': 'ENABLED'}})
    return out


@rewrite('efs', 'DescribeMountTargets', 'CreateMountTarget')
def by_ipv4(call, out):
    for target in out.get('MountTargets', [out]):
        fill(target, {'IpAddressType': 'IPV4_ONLY'})
    return out


@stub('efs', 'UpdateFileSystemProtection')
def protect(call):
    return {'ReplicationOverwriteProtection': call.params['ReplicationOverwriteProtection']}

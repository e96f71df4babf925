#!/usr/bin/env python3
"""found.py MOTO_URL

Makes in moto what the examples expect to be in the account already. AWS makes most
IDs up, so it prints as JSON what each of the examples' names became.
"""
import io
import json
import sys
import zipfile

import boto3


def hosted_zone(route53, name):
    """moto's IDs begin with any letter, AWS's with Z."""
    for i in range(1000):
        path = route53.create_hosted_zone(Name=name, CallerReference=str(i))['HostedZone']['Id']
        if (zone := path.removeprefix('/hostedzone/')).startswith('Z'):
            return zone
        route53.delete_hosted_zone(Id=path)
    raise RuntimeError('no hosted zone with an ID like one of AWS')


def archive(name, text):
    """archive returns a zip of one file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, 'w') as z:
        z.writestr(name, text)
    return out.getvalue()


def main(url):
    def client(service, region='eu-west-1'):
        return boto3.client(service, endpoint_url=url, region_name=region, aws_access_key_id='a', aws_secret_access_key='b')

    names = {}
    for bucket in ('old-shop-assets', 'shop-releases-123456789012'):
        client('s3').create_bucket(Bucket=bucket, CreateBucketConfiguration={'LocationConstraint': 'eu-west-1'})
    client('s3').put_object(Bucket='shop-releases-123456789012', Key='cleanup/1.4.2.zip', Body=archive('index.py', 'def handler(event, context): pass'))

    ec2 = client('ec2')
    vpc = ec2.create_vpc(CidrBlock='10.80.0.0/16')['Vpc']['VpcId']
    ec2.modify_vpc_attribute(VpcId=vpc, EnableDnsHostnames={'Value': True})
    names['vpc-0a1b2c3d4e5f60718'] = vpc
    for i in range(4):
        zone = 'eu-west-1' + 'ab'[i % 2]
        subnet = ec2.create_subnet(VpcId=vpc, CidrBlock=f'10.80.{i}.0/24', AvailabilityZone=zone)
        names[f'subnet-0a1b2c3d4e5f6000{i + 1}'] = subnet['Subnet']['SubnetId']
    group = ec2.create_security_group(VpcId=vpc, GroupName='load-balancer', Description='Internal load balancer')
    names['sg-0a1b2c3d4e5f60005'] = group['GroupId']

    for i, region in enumerate(['eu-west-1', 'eu-west-1', 'us-east-1'], start=1):
        key = client('kms', region).create_key()['KeyMetadata']['KeyId']
        names[f'0a1b2c3d-0000-4000-8000-00000000000{i}'] = key

    names['Z0123456789ABCDEFGHIJ'] = hosted_zone(client('route53'), 'shop.example.com')

    rds = client('rds')
    rds.create_db_instance(DBInstanceIdentifier='shop', Engine='postgres', EngineVersion='16.3', DBInstanceClass='db.t4g.micro', AllocatedStorage=100,
                           MasterUsername='shop', MasterUserPassword='not-a-secret', StorageEncrypted=True)
    # Only AWS itself can give a snapshot the name that the example has.
    taken = 'rds:shop-2026-01-31-02-05'
    names[taken] = taken.removeprefix('rds:')
    rds.create_db_snapshot(DBInstanceIdentifier='shop', DBSnapshotIdentifier=names[taken])

    trust = {'Version': '2012-10-17', 'Statement': [{'Effect': 'Allow', 'Principal': {'Service': 'lambda.amazonaws.com'}, 'Action': 'sts:AssumeRole'}]}
    role = client('iam').create_role(RoleName='rotate-app-secret', AssumeRolePolicyDocument=json.dumps(trust))['Role']['Arn']
    client('lambda', 'eu-central-1').create_function(FunctionName='rotate-app-secret', Runtime='python3.13', Role=role, Handler='rotate.handler',
                                                     Code={'ZipFile': archive('rotate.py', 'def handler(event, context): pass')})

    print(json.dumps(names, indent=2, sort_keys=True))


if __name__ == '__main__':
    main(sys.argv[1])

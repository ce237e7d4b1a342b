/** One thing that IAM is asked about a call: may its caller do this action to this resource? */
export interface NeededRight {
  readonly action: string;
  readonly resource: string;
  /** What a listing asks for, where it is one. */
  readonly prefix?: string;
}

/** A call of an SDK client: the command's name without `Command`, and its input. */
export interface Call {
  readonly service: 's3' | 'dynamodb' | 'glue' | 'athena' | 'secretsmanager' | 'sns' | 'states';
  readonly command: string;
  readonly input: Readonly<Record<string, unknown>>;
}

const place = 'us-east-1:123456789012';

/** The rights that AWS asks for before it does what a call says (Service Authorization Reference). Throws for a call that is not known here. */
export function neededRights({ service, command, input }: Call): NeededRight[] {
  if (service === 's3') return ofS3(command, input);
  if (service === 'dynamodb') return ofDynamoDb(command, input);
  if (service === 'glue') return ofGlue(command, input);
  return [{ action: `${service}:${command}`, resource: ofOthers(service, input) }];
}

function ofS3(command: string, input: Call['input']): NeededRight[] {
  const bucket = `arn:aws:s3:::${text(input.Bucket)}`;
  const object = (action: string, key: unknown): NeededRight => ({ action, resource: `${bucket}/${text(key)}` });
  // Without the right to list, S3 refuses to say that an object is missing, and answers 403.
  const toMiss: NeededRight = { action: 's3:ListBucket', resource: bucket };
  switch (command) {
    case 'GetObject':
    case 'HeadObject':
      return [object('s3:GetObject', input.Key), toMiss];
    case 'ListObjectsV2':
      return [{ ...toMiss, prefix: text(input.Prefix) }];
    case 'PutObject':
      return [object('s3:PutObject', input.Key), ...(input.IfMatch ? [object('s3:GetObject', input.Key)] : [])];
    case 'CreateMultipartUpload':
    case 'UploadPart':
    case 'CompleteMultipartUpload':
      return [object('s3:PutObject', input.Key), object('s3:AbortMultipartUpload', input.Key)];
    case 'CopyObject': {
      const source = decodeURIComponent(text(input.CopySource)).replace(/^[^/]*\//, '');
      return [
        object('s3:GetObject', source),
        // A producer may have tagged the file, and tags are copied with it.
        object('s3:GetObjectTagging', source),
        object('s3:PutObject', input.Key),
        object('s3:PutObjectTagging', input.Key),
      ];
    }
    case 'DeleteObject':
      return [object('s3:DeleteObject', input.Key), ...(input.IfMatch ? [object('s3:GetObject', input.Key)] : [])];
    case 'DeleteObjects':
      return (input.Delete as { Objects: { Key: string }[] }).Objects.map(({ Key }) => object('s3:DeleteObject', Key));
    default:
      throw new Error(`The rights that S3 asks for ${command} are not known to the test.`);
  }
}

function ofDynamoDb(command: string, input: Call['input']): NeededRight[] {
  const table = (name: unknown) => `arn:aws:dynamodb:${place}:table/${text(name)}`;
  if (command === 'TransactWriteItems') {
    return (input.TransactItems as Record<string, { TableName: string }>[]).flatMap((item) =>
      Object.entries(item).map(([kind, { TableName }]) => ({
        action: kind === 'ConditionCheck' ? 'dynamodb:ConditionCheckItem' : `dynamodb:${kind}Item`,
        resource: table(TableName),
      })),
    );
  }
  const index = input.IndexName === undefined ? '' : `/index/${text(input.IndexName)}`;
  return [{ action: `dynamodb:${command}`, resource: `${table(input.TableName)}${index}` }];
}

/** Glue asks for the catalog, the database and the table. */
function ofGlue(command: string, input: Call['input']): NeededRight[] {
  const database = text(input.DatabaseName);
  const table = input.TableName ?? input.Name ?? (input.TableInput as { Name?: string } | undefined)?.Name ?? '*';
  return ['catalog', `database/${database}`, `table/${database}/${text(table)}`].map((resource) => ({
    action: `glue:${command}`,
    resource: `arn:aws:glue:${place}:${resource}`,
  }));
}

function ofOthers(service: Call['service'], input: Call['input']): string {
  if (service === 'secretsmanager') return `arn:aws:secretsmanager:${place}:secret:${text(input.SecretId)}`;
  // Of a statement that runs, too, the workgroup is asked for.
  if (service === 'athena') return `arn:aws:athena:${place}:workgroup/${process.env.HEADWATER_WORKGROUP ?? ''}`;
  return text(input.TopicArn ?? input.executionArn ?? input.stateMachineArn);
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

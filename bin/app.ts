import { App } from 'aws-cdk-lib';
import { environmentNames } from '../lambdas/domain/resource-names.ts';
import { addChecks, addEnvironment } from '../lib/application.ts';

/** The door of `cdk`: all environments, deployed by name, such as `npx cdk deploy 'Headwater-dev-*'`. */
const app = new App();
addChecks(app);
for (const environment of environmentNames) addEnvironment(app, environment);
app.synth();

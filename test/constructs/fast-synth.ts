/**
 * CDK lints every template that it synthesises, which takes seven times as long as all the rest of these tests;
 * `npm run synth` does it once, with findings as errors.
 */
process.env['CDK_VALIDATION'] = 'false';

// Written by `npm run update`. Do not edit.
/** The version in package.json, as a constant: a JSON import would break `require`. */
export const version = '0.1.0'

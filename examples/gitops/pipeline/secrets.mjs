// @ts-check
/** @typedef {(text: string) => string} Mask */

/** Variables that hold secrets, here and in the backends of Pulumi. */
const secretName = /TOKEN|SECRET|PASS|KEY/i;
/** What is shorter stands in other words too. */
const shortest = 8;

/**
 * Takes out what is known to be secret. The engine masks secrets itself; this is for texts that it did not make, such as
 * an error that repeats what was sent.
 *
 * @param {NodeJS.ProcessEnv} env
 * @param {Record<string, { value: string, secret?: boolean }>} [config] of the stack
 * @returns {Mask}
 */
export function masking(env, config = {}) {
  const inEnv = Object.entries(env).flatMap(([name, value = ""]) => (secretName.test(name) ? [value] : []));
  const inConfig = Object.values(config).flatMap(({ value, secret }) => (secret ? [value] : []));
  const secrets = [...inEnv, ...inConfig]
    .filter((secret) => secret.length >= shortest)
    .sort((a, b) => b.length - a.length);
  return (text) => withoutCredentials(secrets.reduce((rest, secret) => rest.split(secret).join("***"), text));
}

/** A URL may hold credentials in its user and in its query. @type {Mask} */
const withoutCredentials = (text) =>
  text.replace(
    /(\bhttps?:\/\/)(?:[^\s/?#"'`<>]*@)?([^\s?#"'`<>]*)([?#][^\s"'`<>]*)?/gi,
    (_, scheme, rest, query) => `${scheme}${rest}${query ? `${query[0]}***` : ""}`,
  );

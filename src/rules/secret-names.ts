/**
 * Basenames of files that hold credentials if anything does. Their content, up to `secretFileLimit` bytes, is kept while
 * a layer is read, for the shape of it decides.
 */
export const secretNames =
  /^(?:id_(?:rsa|dsa|ecdsa|ed25519)|ssh_host_[a-z0-9]+_key|.{1,64}\.(?:pem|key|p8|ppk)|\.env(?:\.[\w.-]{1,32})?|\.npmrc|\.yarnrc\.yml|pip\.conf|\.pypirc|\.netrc|_netrc|\.git-credentials|credentials(?:\.json|\.toml|\.xml)?|config\.json|\.dockercfg|settings\.xml|auth\.json|kubeconfig|.{0,64}service[-_]?account.{0,64}\.json|NuGet\.Config|\.htpasswd)$/i;

/** Larger files are no configuration. */
export const secretFileLimit = 64 * 1024;

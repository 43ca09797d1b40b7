package io.meshwright.value.gateway;

import io.meshwright.value.Doc;
import io.meshwright.value.Name;
import io.meshwright.value.Require;
import io.meshwright.value.Required;

/** The certificate of a listener and where it comes from. */
@Doc("The certificate of a listener and where it comes from.")
public record Tls(
    @Required @Doc("Secret of type kubernetes.io/tls in the gateway pods' namespace.") Name credentialName,
    @Doc("SIMPLE, or MUTUAL with a client certificate; default SIMPLE.") TlsMode mode,
    @Doc("Lowest protocol version; default TLSV1_2.") MinimumVersion minProtocolVersion,
    @Doc("existing: somebody makes the Secret; externalSecret: synced from the secret store; certManager: issued here.")
        CertificateOrigin source,
    @Doc("Key in the secret store, for source externalSecret; default: the credential's name.") String remoteKey) {

  public Tls {
    Require.present("credentialName", credentialName);
    mode = mode == null ? TlsMode.SIMPLE : mode;
    minProtocolVersion = minProtocolVersion == null ? MinimumVersion.TLSV1_2 : minProtocolVersion;
    source = source == null ? CertificateOrigin.EXISTING : source;
    remoteKey = remoteKey == null ? credentialName.toString() : remoteKey;
  }
}

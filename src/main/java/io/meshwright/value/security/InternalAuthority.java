package io.meshwright.value.security;

import io.meshwright.value.Doc;
import io.meshwright.value.Matches;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.Sample;
import io.meshwright.value.Word;
import io.meshwright.value.pod.ObjectName;

/** A CA that only those trust who were told to. */
@Doc("A CA of one's own, which clients must be told to trust.")
public sealed interface InternalAuthority permits InternalAuthority.Existing, InternalAuthority.SelfSigned {
    /** The Secret of type {@code kubernetes.io/tls} in cert-manager's namespace that has its certificate and key. */
    ObjectName secretName();

    /** A CA whose certificate and key somebody puts into a Secret. */
    @Word("existing")
    @Doc("A CA whose certificate and key somebody puts into a Secret.")
    record Existing(
            @Required @Doc("Secret of type kubernetes.io/tls in the cert-manager namespace.") @Sample("corp-ca")
            ObjectName secretName)
            implements InternalAuthority {
        public Existing {
            Require.present("secretName", secretName);
        }
    }

    /** A root that cert-manager makes, and whose key stays in the cluster. */
    @Word("selfSigned")
    @Doc("A root that cert-manager makes for ten years, and whose key never leaves the cluster.")
    record SelfSigned(
            @Required
            @Doc("Name of the CA, as its certificate and browsers call it.")
            @Sample("Shop internal CA")
            @Matches(regex = "[^\\s]([^\\n]{0,62}[^\\s])?", says = "a name of at most 64 characters")
            String commonName)
            implements InternalAuthority {
        public SelfSigned {
            Require.present("commonName", commonName);
        }

        @Override
        public ObjectName secretName() {
            return ObjectName.of("internal-ca");
        }
    }
}

package io.meshwright.construct.observability.settings;

import io.meshwright.value.Require;
import io.meshwright.value.SecretRef;
import io.meshwright.value.Url;

/** The way in which a person proves to Kiali who they are. */
public sealed interface KialiLogin {
    /** The word of Kiali's {@code auth.strategy}. */
    String strategy();

    /**
     * A Kubernetes service account's token, pasted into Kiali's login page: the default, since it needs nothing else.
     */
    static KialiLogin token() {
        return new Token();
    }

    /** Nobody is asked; admitted only where the route to Kiali is restricted. */
    static KialiLogin anonymous() {
        return new Anonymous();
    }

    /** An OpenID Connect provider, such as Keycloak. */
    static KialiLogin openId(Url issuer, String clientId, SecretRef clientSecret) {
        return new OpenId(issuer, clientId, clientSecret);
    }

    record Token() implements KialiLogin {
        @Override
        public String strategy() {
            return "token";
        }
    }

    record Anonymous() implements KialiLogin {
        @Override
        public String strategy() {
            return "anonymous";
        }
    }

    /**
     * A login by an identity provider that speaks OpenID Connect.
     *
     * @param clientSecret Secret and key that hold the client's secret
     */
    record OpenId(Url issuer, String clientId, SecretRef clientSecret) implements KialiLogin {
        public OpenId {
            Require.present("issuer", issuer);
            Require.notBlank("clientId", clientId);
            Require.that(
                    Require.present("clientSecret", clientSecret).key().isPresent(),
                    "clientSecret",
                    "\"%s\" names no key".formatted(clientSecret),
                    "write secret/key");
        }

        @Override
        public String strategy() {
            return "openid";
        }
    }
}

package io.meshwright.value.workload;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Duration;
import io.meshwright.value.Name;
import io.meshwright.value.Plain;
import io.meshwright.value.Require;
import io.meshwright.value.Sample;
import io.meshwright.value.Word;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A certificate of each pod's own, issued while the pod starts, whose key is made on its node and never leaves it. */
@Doc(
        "A certificate of each pod's own: tls.crt, tls.key and ca.crt, issued while the pod starts and renewed in place; its"
                + " key never leaves the node.")
@Sample("{dnsNames: [web.shop.svc]}")
public record Csi(
        @Defaulted @Doc("csi.cert-manager.io, which is installed where a service needs it; default that.")
        Driver driver,

        @Nullable
        @Doc("Another ClusterIssuer, which manifests bring; default: the environment's internal CA.")
        @Sample("vault")
        Name issuer,

        @Defaulted
        @Doc("Names in the certificate; ${POD_NAME}, ${POD_NAMESPACE} and ${SERVICE_ACCOUNT_NAME} stand for the pod's;"
                + " default: those of the service.")
        @Sample("[web.shop.svc]")
        List<String> dnsNames,

        @Defaulted @Doc("Time that it is valid, 1h to 8760h; default 2160h.")
        Duration duration,

        @Nullable @Doc("Time before its end at which it is renewed; default: a third of its duration.")
        Duration renewBefore,

        @Defaulted @Doc("PKCS1, or PKCS8, which Java and Netty ask for; default PKCS1.")
        KeyEncoding keyEncoding,

        @Defaulted @Doc("What it may be used for: server auth, client auth; default both.") @Sample("[server auth]")
        List<Usage> usages) {
    private static final Duration LEAST = Duration.of("1h");
    private static final Duration MOST = Duration.of("8760h");

    // Three variables of the driver [cert-manager.io, docs/usage/csi-driver].
    private static final Pattern NAME = Pattern.compile("(\\*\\.)?LABEL(\\.LABEL)*"
            .replace("LABEL", "(?:[a-z0-9-]|\\$\\{(?:POD_NAME|POD_NAMESPACE|SERVICE_ACCOUNT_NAME)\\})+"));

    public Csi {
        driver = driver == null ? Driver.CERT_MANAGER : driver;
        dnsNames = dnsNames == null ? List.of() : List.copyOf(dnsNames);
        for (int i = 0; i < dnsNames.size(); i++) {
            Require.that(
                    dnsNames.get(i).length() <= 253
                            && NAME.matcher(dnsNames.get(i)).matches(),
                    "dnsNames[%d]".formatted(i),
                    "%s is no name of a host".formatted(Plain.quoted(dnsNames.get(i))),
                    "write lower-case labels between dots, such as ${POD_NAME}.db-headless.shop.svc");
        }
        duration = duration == null ? Duration.of("2160h") : duration;
        Require.that(
                duration.compareTo(LEAST) >= 0 && duration.compareTo(MOST) <= 0,
                "duration",
                "\"%s\" is not between 1h and 8760h".formatted(duration),
                "give an hour at least and a year at most");
        Require.that(
                renewBefore == null || !renewBefore.isZero() && renewBefore.compareTo(duration) < 0,
                "renewBefore",
                "\"%s\" is not within the duration \"%s\"".formatted(renewBefore, duration),
                "give less than the duration");
        keyEncoding = keyEncoding == null ? KeyEncoding.PKCS1 : keyEncoding;
        usages = usages == null ? List.of(Usage.values()) : List.copyOf(usages);
        Require.that(
                !usages.isEmpty() && new LinkedHashSet<>(usages).size() == usages.size(),
                "usages",
                usages.isEmpty() ? "is empty" : "names one twice",
                "name each once, or remove it");
    }

    /** The same, with an issuer and with names where it says none. */
    public Csi or(Name otherIssuer, List<String> otherNames) {
        return new Csi(
                driver,
                issuer == null ? otherIssuer : issuer,
                dnsNames.isEmpty() ? otherNames : dnsNames,
                duration,
                renewBefore,
                keyEncoding,
                usages);
    }

    /** The driver that mounts it. */
    public enum Driver {
        @Word("csi.cert-manager.io")
        CERT_MANAGER;

        /** As the kubelet knows it. */
        public String word() {
            return "csi.cert-manager.io";
        }
    }

    /** The form of the key. */
    public enum KeyEncoding {
        @Word("PKCS1")
        PKCS1,
        @Word("PKCS8")
        PKCS8
    }

    /** The end of a connection at which it is shown. */
    public enum Usage {
        @Word("server auth")
        SERVER,
        @Word("client auth")
        CLIENT;

        /** As cert-manager spells it. */
        public String word() {
            return this == SERVER ? "server auth" : "client auth";
        }
    }
}

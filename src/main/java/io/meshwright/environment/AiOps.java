package io.meshwright.environment;

import io.meshwright.environment.aiops.Assistant;
import io.meshwright.environment.aiops.Healing;
import io.meshwright.environment.aiops.Model;
import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Name;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.Sample;
import io.meshwright.value.SecretRef;
import io.meshwright.value.telemetry.Sensitivity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Operations that look ahead; each part is a choice of its own, and one that is not named costs nothing. */
@Doc("Operations that look ahead; each part is a choice of its own.")
public record AiOps(
        @Nullable @Doc("Warnings when a service is not as it was at this time of the week; default: none.")
        Anomalies anomalies,

        @Defaulted
        @Doc("true: warnings of volumes, memory, connection pools, certificates and error budgets that will run out;"
                + " default false.")
        Boolean forecasts,

        @Nullable @Doc("What is done with log lines beyond keeping them; default: nothing.")
        Logs logs,

        @Defaulted
        @Doc("Language models that incident --ask and the assistant may ask, by a name of one's own; default: none.")
        Map<Name, Model> models,

        @Nullable @Doc("Reversible actions that an alert starts; default: none.")
        Healing healing,

        @Nullable
        @Doc("HolmesGPT, which answers questions about the cluster by one of these models and may only read;"
                + " default: none.")
        Assistant assistant,

        @Nullable
        @Doc("Kiali's own chat, which asks one of these models and only reads; from Kiali 2.27 on; default: none.")
        KialiChat kialiChat) {
    public AiOps {
        forecasts = forecasts != null && forecasts;
        models = models == null ? Map.of() : new LinkedHashMap<>(models);
    }

    /** Kiali's chat. */
    @Doc("Kiali's own chat, which asks a language model and only reads.")
    public record KialiChat(
            @Required @Doc("The model that it asks: a name in aiOps.models, whose host is an entry of externals.")
            Name model,

            @Required
            @Doc("Key of the model in a Secret of Kiali's namespace, written secret/key.")
            @Sample("kiali-model/key")
            SecretRef modelKey) {
        public KialiChat {
            Require.present("model", model);
            Require.present("modelKey", modelKey).keyed("modelKey");
        }
    }

    /** Warnings when a service is not as it was at this time of the week. */
    @Doc("Warnings when a service is not as it was at this time of the week; they begin after 8 days.")
    public record Anomalies(
            @Defaulted @Doc("How little is unusual: low, medium or high; default medium.") @Sample("low")
            Sensitivity sensitivity,

            @Defaulted @Doc("Services with a sensitivity of their own; none leaves one out.")
            Map<Name, Sensitivity> services,

            @Defaulted @Doc("Requests per minute below which a service is too quiet to be judged; default 12.")
            Integer minimumRequests) {
        public Anomalies {
            sensitivity = sensitivity == null ? Sensitivity.MEDIUM : sensitivity;
            Require.that(
                    sensitivity != Sensitivity.NONE,
                    "sensitivity",
                    "\"none\" leaves no service to be watched",
                    "give low, medium or high, or remove anomalies");
            services = services == null ? Map.of() : new LinkedHashMap<>(services);
            minimumRequests =
                    minimumRequests == null ? 12 : Require.inRange("minimumRequests", minimumRequests, 1, 100_000);
        }

        /** Services that are called and not left out, in the order of the file. */
        public List<Name> watched(Map<Name, Service> services) {
            return services.entrySet().stream()
                    .filter(entry -> !entry.getValue().ports().isEmpty())
                    .map(Map.Entry::getKey)
                    .filter(name -> of(name) != Sensitivity.NONE)
                    .toList();
        }

        /** The sensitivity by which a service is watched: its own, else that of all. */
        public Sensitivity of(Name service) {
            return services.getOrDefault(service, sensitivity);
        }
    }

    /** Treatment of log lines beyond keeping them. */
    @Doc("What is done with log lines beyond keeping them; each part is a choice of its own.")
    public record Logs(
            @Defaulted
            @Doc("true: secrets and personal data are taken out of log lines and spans before they leave the node's"
                    + " agent or the collector; default false.")
            Boolean redact,

            @Nullable
            @Doc("Warnings of messages that a service has not written for a week, and of bursts of errors;"
                    + " default: none.")
            Alerts alerts,

            @Defaulted
            @Doc("true: Loki finds out which lines are alike, and the service's dashboard shows it; default false.")
            Boolean patterns) {
        public Logs {
            redact = redact != null && redact;
            patterns = patterns != null && patterns;
        }
    }

    /** Warnings of what services write. */
    @Doc("Warnings of messages that a service has not written for a week, and of bursts of errors; they begin after 8"
            + " days.")
    public record Alerts(
            @Defaulted @Doc("Services whose lines are not read; default: none.")
            List<Name> except,

            @Defaulted @Doc("Different messages of one service that are counted at a time, from 5 to 200; default 30.")
            Integer messages,

            @Defaulted
            @Doc("Lines of errors within 15 minutes below which nothing is a burst, from 1 to 100000; default 20.")
            Integer burst) {
        public Alerts {
            except = except == null ? List.of() : List.copyOf(except);
            messages = messages == null ? 30 : Require.inRange("messages", messages, 5, 200);
            burst = burst == null ? 20 : Require.inRange("burst", burst, 1, 100_000);
        }

        /** Services whose lines are read, in the order of the file. */
        public List<Name> read(Map<Name, Service> services) {
            return services.keySet().stream()
                    .filter(name -> !except.contains(name))
                    .toList();
        }
    }
}

package io.meshwright.value.telemetry;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Email;
import io.meshwright.value.Matches;
import io.meshwright.value.Port;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.Sample;
import io.meshwright.value.SecretRef;
import io.meshwright.value.Url;
import io.meshwright.value.Word;
import io.meshwright.value.pod.ObjectName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Somebody who is told of alerts; what nobody else may know is in Secrets of the tools' namespace. */
@Doc("Who is told of alerts.")
public sealed interface Receiver
        permits Receiver.Teams, Receiver.Mail, Receiver.PagerDuty, Receiver.Opsgenie, Receiver.Webhook {
    List<AlertSeverity> severities();

    Boolean sendResolved();

    /** The Secrets that are read, each with its key. */
    List<SecretRef> secrets();

    /** Name of what the first of them holds, as people call it. */
    String secretWords();

    /** The port on which it is called, outside the cluster. */
    Port port();

    private static List<AlertSeverity> orAll(@Nullable List<AlertSeverity> severities) {
        return severities == null
                ? List.of(AlertSeverity.values())
                : Require.notEmpty(
                        "severities", severities.stream().distinct().sorted().toList());
    }

    private static Url encrypted(String key, Url url) {
        Require.that(url.isHttps(), key, "\"%s\" would send a key in plain text".formatted(url), "write it with https");
        return url;
    }

    /** A channel of Microsoft Teams, by a workflow's webhook. */
    @Word("teams")
    @Doc("A channel of Microsoft Teams, by the webhook of a workflow.")
    record Teams(
            @Required @Doc("Address of the webhook, as secret/key in the tools' namespace.") @Sample("teams/url")
            SecretRef webhookUrl,

            @Defaulted @Doc("Alerts of which severity go there; default: all.")
            List<AlertSeverity> severities,

            @Defaulted @Doc("Whether the end of an alert is told too; default true.")
            Boolean sendResolved)
            implements Receiver {
        public Teams {
            Require.present("webhookUrl", webhookUrl).keyed("webhookUrl");
            severities = orAll(severities);
            sendResolved = sendResolved == null || sendResolved;
        }

        @Override
        public List<SecretRef> secrets() {
            return List.of(webhookUrl);
        }

        @Override
        public String secretWords() {
            return "address of the Teams webhook";
        }

        @Override
        public Port port() {
            return Port.of(443);
        }
    }

    /** E-mail, by a relay. */
    @Word("email")
    @Doc("E-mail, by a relay.")
    record Mail(
            @Required
            @Doc("Host and port of the relay; 465 is TLS from the first byte, others begin it by STARTTLS.")
            @Sample("mail.example.org:587")
            @Matches(
                    regex = "[A-Za-z0-9]([-.A-Za-z0-9]*[A-Za-z0-9])?:[1-9][0-9]{0,4}",
                    says = "a host and a port such as mail.example.org:587")
            String smarthost,

            @Required @Doc("Who the mail is from.") @Sample("alerts@example.org")
            Email from,

            @Required @Doc("Who gets it.") @Sample("[platform@example.org]")
            List<Email> to,

            @Nullable @Doc("User at the relay; default: nobody logs in.") @Sample("alerts@example.org")
            String username,

            @Nullable @Doc("That user's password, as secret/key in the tools' namespace.") @Sample("smtp/password")
            SecretRef password,

            @Defaulted @Doc("Whether mail is sent only where the relay speaks TLS; default true.")
            Boolean requireTls,

            @Defaulted @Doc("Alerts of which severity go there; default: all.")
            List<AlertSeverity> severities,

            @Defaulted @Doc("Whether the end of an alert is told too; default true.")
            Boolean sendResolved)
            implements Receiver {
        public Mail {
            Require.present("smarthost", smarthost);
            Require.inRange("smarthost", Integer.parseInt(smarthost.substring(smarthost.indexOf(':') + 1)), 1, 65535);
            Require.present("from", from);
            to = Require.notEmpty("to", to);
            requireTls = requireTls == null || requireTls;
            Require.that(username == null || password != null, "password", "is missing", "add it, or remove username");
            if (password != null) {
                password.keyed("password");
                Require.notBlank("username", username);
                Require.that(
                        requireTls,
                        "requireTls",
                        "lets the password travel in plain text",
                        "remove it, or username and password");
            }
            severities = orAll(severities);
            sendResolved = sendResolved == null || sendResolved;
        }

        @Override
        public List<SecretRef> secrets() {
            return Stream.ofNullable(password).toList();
        }

        @Override
        public String secretWords() {
            return "password of the mail relay";
        }

        @Override
        public Port port() {
            return Port.of(Integer.parseInt(smarthost.substring(smarthost.indexOf(':') + 1)));
        }
    }

    /** PagerDuty, by its Events API. */
    @Word("pagerduty")
    @Doc("PagerDuty, by its Events API v2.")
    record PagerDuty(
            @Required @Doc("Integration key, as secret/key in the tools' namespace.") @Sample("pagerduty/key")
            SecretRef routingKey,

            @Defaulted
            @Doc("Where it is; default https://events.pagerduty.com/v2/enqueue, for accounts in Europe"
                    + " https://events.eu.pagerduty.com/v2/enqueue.")
            Url url,

            @Defaulted @Doc("Alerts of which severity go there; default: all.")
            List<AlertSeverity> severities,

            @Defaulted @Doc("Whether the end of an alert is told too; default true.")
            Boolean sendResolved)
            implements Receiver {
        public PagerDuty {
            Require.present("routingKey", routingKey).keyed("routingKey");
            url = encrypted("url", url == null ? Url.of("https://events.pagerduty.com/v2/enqueue") : url);
            severities = orAll(severities);
            sendResolved = sendResolved == null || sendResolved;
        }

        @Override
        public List<SecretRef> secrets() {
            return List.of(routingKey);
        }

        @Override
        public String secretWords() {
            return "integration key of PagerDuty";
        }

        @Override
        public Port port() {
            return url.port();
        }
    }

    /** Opsgenie, or Jira Service Management by the same API. */
    @Word("opsgenie")
    @Doc("Opsgenie.")
    record Opsgenie(
            @Required @Doc("API key, as secret/key in the tools' namespace.") @Sample("opsgenie/key")
            SecretRef apiKey,

            @Defaulted
            @Doc("Where it is; default https://api.opsgenie.com/, for accounts in Europe https://api.eu.opsgenie.com/.")
            Url apiUrl,

            @Defaulted @Doc("Alerts of which severity go there; default: all.")
            List<AlertSeverity> severities,

            @Defaulted @Doc("Whether the end of an alert is told too; default true.")
            Boolean sendResolved)
            implements Receiver {
        public Opsgenie {
            Require.present("apiKey", apiKey).keyed("apiKey");
            apiUrl = encrypted("apiUrl", apiUrl == null ? Url.of("https://api.opsgenie.com/") : apiUrl);
            severities = orAll(severities);
            sendResolved = sendResolved == null || sendResolved;
        }

        @Override
        public List<SecretRef> secrets() {
            return List.of(apiKey);
        }

        @Override
        public String secretWords() {
            return "API key of Opsgenie";
        }

        @Override
        public Port port() {
            return apiUrl.port();
        }
    }

    /** Any program that takes Alertmanager's own JSON. */
    @Word("webhook")
    @Doc("Any program outside the cluster that takes Alertmanager's JSON.")
    record Webhook(
            @Required @Doc("Its address, as secret/key in the tools' namespace.") @Sample("hook/url")
            SecretRef url,

            @Defaulted @Doc("Port of that address, to which Alertmanager is let out; default 443.")
            Port port,

            @Nullable
            @Doc("Token that is sent as a bearer, as secret/key in the tools' namespace.")
            @Sample("hook/token")
            SecretRef token,

            @Nullable
            @Doc("Secret of the tools' namespace with tls.crt and tls.key, by which Alertmanager proves who it is, and"
                    + " ca.crt, who signed the certificate of the other side; default: none is shown.")
            @Sample("hook-client")
            ObjectName clientCertificate,

            @Defaulted @Doc("Alerts of which severity go there; default: all.")
            List<AlertSeverity> severities,

            @Defaulted @Doc("Whether the end of an alert is told too; default true.")
            Boolean sendResolved)
            implements Receiver {
        public Webhook {
            Require.present("url", url).keyed("url");
            port = port == null ? Port.of(443) : port;
            if (token != null) {
                token.keyed("token");
            }
            severities = orAll(severities);
            sendResolved = sendResolved == null || sendResolved;
        }

        @Override
        public List<SecretRef> secrets() {
            return Stream.of(
                            Stream.of(url),
                            Optional.ofNullable(token).stream(),
                            Optional.ofNullable(clientCertificate).stream().flatMap(Webhook::pair))
                    .flatMap(each -> each)
                    .toList();
        }

        private static Stream<SecretRef> pair(ObjectName secret) {
            return Stream.of("ca.crt", "tls.crt", "tls.key").map(key -> SecretRef.of("%s/%s".formatted(secret, key)));
        }

        @Override
        public String secretWords() {
            return "address of the webhook";
        }
    }
}

package io.meshwright.value.telemetry;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Matches;
import io.meshwright.value.Name;
import io.meshwright.value.Port;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.Sample;
import io.meshwright.value.SecretRef;
import io.meshwright.value.Url;
import io.meshwright.value.Word;
import io.meshwright.value.workload.LabelSyntax;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A store to which Prometheus of ours hands its series on, beside what it keeps itself. */
@Doc("A long-term store to which Prometheus writes: Mimir, Thanos Receive, Grafana Cloud and the like.")
public sealed interface RemoteWrite permits RemoteWrite.Existing, RemoteWrite.Outside {
    /** Its address for Prometheus. */
    String target();

    Series series();

    Queue queue();

    @Nullable
    String tenant();

    /** The Secrets that are read, each with its key. */
    List<SecretRef> secrets();

    /** A store in the cluster. */
    @Word("existing")
    @Doc("A store that others run in the cluster.")
    record Existing(
            @Required @Doc("Namespace of its Service and pods.") @Sample("mimir")
            Name namespace,

            @Required @Doc("Name of its Service.") @Sample("mimir-gateway")
            Name service,

            @Required @Doc("Port of the Service.") Port port,

            @Defaulted @Doc("Port of its pods; default: port.")
            Port targetPort,

            @Required @Doc("Labels by which NetworkPolicies know its pods.") @Sample("{app.kubernetes.io/name: mimir}")
            Map<String, String> podLabels,

            @Defaulted
            @Doc("Path that takes series; default /api/v1/push.")
            @Matches(regex = "/[-._~/A-Za-z0-9]*", max = 200, says = "a path such as /api/v1/push")
            String path,

            @Nullable
            @Doc("Tenant, sent as X-Scope-OrgID; default: none.")
            @Sample("shop")
            @Matches(regex = "[A-Za-z0-9][-_.A-Za-z0-9]*", max = 150, says = "a tenant such as shop")
            String tenant,

            @Defaulted @Doc("recorded: what rules have computed, and no raw series; all; default recorded.")
            Series series,

            @Defaulted @Doc("How much waits and goes at a time.")
            Queue queue)
            implements RemoteWrite {
        public Existing {
            Require.present("namespace", namespace);
            Require.present("service", service);
            Require.present("port", port);
            targetPort = targetPort == null ? port : targetPort;
            podLabels = new TreeMap<>(Require.notEmpty("podLabels", podLabels));
            LabelSyntax.labels("podLabels", podLabels);
            path = path == null ? "/api/v1/push" : path;
            series = series == null ? Series.RECORDED : series;
            queue = queue == null ? Queue.defaults() : queue;
        }

        @Override
        public String target() {
            return "http://%s.%s.svc:%s%s".formatted(service, namespace, port, path);
        }

        @Override
        public List<SecretRef> secrets() {
            return List.of();
        }
    }

    /** A store outside the cluster. */
    @Word("outside")
    @Doc("A store outside the cluster.")
    record Outside(
            @Required
            @Doc("Address that takes series, such as https://metrics.example.org/api/v1/push.")
            @Sample("https://metrics.example.org/api/v1/push")
            Url url,

            @Nullable @Doc("User of a login by password; default: none.") @Sample("\"12345\"")
            String username,

            @Nullable @Doc("That user's password, as secret/key in the tools' namespace.") @Sample("store/password")
            SecretRef password,

            @Nullable
            @Doc("Token that is sent as a bearer, as secret/key in the tools' namespace.")
            @Sample("store/token")
            SecretRef bearerToken,

            @Nullable
            @Doc("Tenant, sent as X-Scope-OrgID; default: none.")
            @Sample("shop")
            @Matches(regex = "[A-Za-z0-9][-_.A-Za-z0-9]*", max = 150, says = "a tenant such as shop")
            String tenant,

            @Defaulted @Doc("recorded: what rules have computed, and no raw series; all; default recorded.")
            Series series,

            @Defaulted @Doc("How much waits and goes at a time.")
            Queue queue)
            implements RemoteWrite {
        public Outside {
            Require.present("url", url);
            Require.that(
                    (username == null) == (password == null),
                    username == null ? "username" : "password",
                    "is missing",
                    "give username and password, or neither");
            if (password != null) {
                Require.notBlank("username", username);
                password.keyed("password");
            }
            if (bearerToken != null) {
                bearerToken.keyed("bearerToken");
            }
            Require.that(
                    password == null || bearerToken == null,
                    "bearerToken",
                    "is a second login beside password",
                    "keep one of them");
            Require.that(
                    url.isHttps() || password == null && bearerToken == null,
                    "url",
                    "\"%s\" would send a key in plain text".formatted(url),
                    "write it with https");
            series = series == null ? Series.RECORDED : series;
            queue = queue == null ? Queue.defaults() : queue;
        }

        @Override
        public String target() {
            return url.toString();
        }

        @Override
        public List<SecretRef> secrets() {
            return Stream.of(password, bearerToken).flatMap(Stream::ofNullable).toList();
        }
    }

    /** The series that go there. */
    enum Series {
        @Word("recorded")
        RECORDED,
        @Word("all")
        ALL
    }

    /** Bounds of what waits in memory; what waits longer lies in the write-ahead log for about two hours. */
    @Doc("How much waits and goes at a time.")
    record Queue(
            @Defaulted @Doc("Connections at most, from 1 to 200; default 10.")
            Integer maxShards,

            @Defaulted @Doc("Samples that wait for each of them, from 500 to 100000; default 10000.")
            Integer capacity,

            @Defaulted @Doc("Samples of one request, from 100 to 10000; default 2000.")
            Integer maxSamplesPerSend) {
        public Queue {
            maxShards = maxShards == null ? 10 : Require.inRange("maxShards", maxShards, 1, 200);
            capacity = capacity == null ? 10_000 : Require.inRange("capacity", capacity, 500, 100_000);
            maxSamplesPerSend = maxSamplesPerSend == null
                    ? 2000
                    : Require.inRange("maxSamplesPerSend", maxSamplesPerSend, 100, 10_000);
            Require.that(
                    capacity >= maxSamplesPerSend,
                    "capacity",
                    "\"%d\" holds not even one request of %d samples".formatted(capacity, maxSamplesPerSend),
                    "raise it, or lower maxSamplesPerSend");
        }

        static Queue defaults() {
            return new Queue(null, null, null);
        }
    }
}

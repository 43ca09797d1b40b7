package io.meshwright.construct.observability.alerts;

import io.meshwright.construct.observability.dashboards.ServiceDashboard;
import io.meshwright.construct.observability.metrics.LogSeries;
import io.meshwright.construct.observability.settings.LogAlerts;
import java.util.List;

/**
 * Warnings of what services write. Loki counts the lines, and Prometheus remembers for a week what it counted, since a
 * query over a week of lines every few minutes would read all of them each time.
 */
final class MessageAlerts {
    private static final String BY = "destination_service_namespace, destination_service_name";
    // Of 3,360 counts of a week, so that a week in which nobody counted is none in which nothing was written.
    private static final int COUNTS_OF_A_WEEK = 7 * 24 * 60 / LogSeries.MINUTES_BETWEEN * 9 / 10;
    private static final String KNOWN =
            "and on (%1$s) count_over_time(%2$s[7d]) > %3$d\nand on (%1$s) max_over_time(%4$s[1d] offset 8d)"
                    .formatted(BY, LogSeries.FAILURES, COUNTS_OF_A_WEEK, LogSeries.LINES);
    private static final String SINCE = "It knows the messages of a week, and is silent before it has counted for eight"
            + " days, after more than a tenth of a week was not counted, and of services that wrote nothing eight days"
            + " ago.";
    private static final String READ = "Read them: Grafana, Explore, Loki, with the service's `namespace` and `app`; a"
            + " trace id in one leads to the request.";
    private static final String TOO_OFTEN =
            "If it is raised often without a reason, name the service below" + " `aiOps.logs.alerts.except`.";

    private MessageAlerts() {}

    static AlertGroup of(LogAlerts settings) {
        return new AlertGroup(
                "log-messages",
                List.of(unknown(settings.messages()), burst(settings.burst()), varied(settings.messages())));
    }

    private static Alert unknown(int most) {
        return drawn("ServiceMessageNew")
                .when("""
                    %1$s > 0
                    unless on (%2$s, exception, template) max_over_time(%1$s[7d] offset 15m)
                    unless on (%2$s) max_over_time((count by (%2$s) (%1$s))[1d:5m]) >= %3$d
                    %4$s\
                    """.formatted(LogSeries.MESSAGES, BY, most, KNOWN), "0m")
                .summary(ServiceLabels.SHOWN
                        + " wrote {{ $value }} lines of a kind that it had not written for a week: {{ with"
                        + " $labels.exception }}{{ . }}: {{ end }}{{ $labels.template }}")
                .meaning("The service failed in a way in which it had not failed for seven days: the class of the"
                        + " exception or the message is new; # stands for what differs from line to line. It ends by"
                        + " itself after a quarter of an hour, when the message is known. " + SINCE)
                .look(
                        "%s{%s}".formatted(LogSeries.MESSAGES, ServiceLabels.ASKED),
                        "What fails at present, and how often:")
                .look(
                        "sum by (destination_version) (rate(istio_requests_total{reporter=\"destination\",%s}[5m]))"
                                .formatted(ServiceLabels.ASKED),
                        "Whether a version is new:")
                .causes(
                        "A release: a fault of its own, or a message that was worded anew.",
                        "A dependency that fails in a way in which it had not.",
                        "Something that happens once a month.")
                .actions(
                        READ,
                        "If a release began at that time, compare the message with its changes, and give the weight back"
                                + " if requests fail.",
                        TOO_OFTEN);
    }

    private static Alert burst(int least) {
        return drawn("ServiceErrorsBurst")
                .when("""
                    %1$s >= %2$d
                    and %1$s > 3 * quantile_over_time(0.99, %1$s[7d] offset 15m)
                    %3$s\
                    """.formatted(LogSeries.FAILURES, least, KNOWN), "3m")
                .summary(
                        ServiceLabels.SHOWN + " wrote {{ $value }} lines of failures within 15 minutes, more than three"
                                + " times what is usual")
                .meaning("The service writes far more failures than in all but the worst hundredth of the last seven"
                        + " days. " + SINCE)
                .look("topk(5, %s{%s})".formatted(LogSeries.MESSAGES, ServiceLabels.ASKED), "Which messages they are:")
                .look("%s{%s} offset 1w".formatted(LogSeries.FAILURES, ServiceLabels.ASKED), "How many a week ago:")
                .causes(
                        "A dependency is gone, and each request says so.",
                        "Something fails and is tried again without a pause.",
                        "A release.")
                .actions(
                        READ,
                        "If one message makes up nearly all of them, look for what it names: a host, a table, a queue.",
                        TOO_OFTEN);
    }

    /** Silence must not look like calm: above the number that is counted a new message cannot be told. */
    private static Alert varied(int most) {
        return drawn("ServiceMessagesTooVaried")
                .when("count by (%s) (%s) >= %d".formatted(BY, LogSeries.MESSAGES, most), "1h")
                .summary(
                        ServiceLabels.SHOWN + " writes {{ $value }} or more different messages of failures, too many to"
                                + " tell a new one")
                .meaning(
                        "Only the most frequent messages of a service are counted, and this one writes more of them. For a"
                                + " day after that ServiceMessageNew says nothing of it.")
                .look(
                        "sort_desc(%s{%s})".formatted(LogSeries.MESSAGES, ServiceLabels.ASKED),
                        "Which messages are counted: look at what differs between those that are nearly alike:")
                .causes(
                        "Messages hold names, words of users or sentences of other programs.",
                        "Very many things fail at once.")
                .actions(
                        "Have the service write what differs in quotes, in brackets or in fields of its own.",
                        "Raise `aiOps.logs.alerts.messages`; each is a series.",
                        TOO_OFTEN);
    }

    private static Alert.Draft drawn(String name) {
        return Alert.warning(name)
                .graph("d/%s?var-service={{ $labels.destination_service_name }}.".formatted(ServiceDashboard.UID)
                        + "{{ $labels.destination_service_namespace }}.svc.cluster.local");
    }
}

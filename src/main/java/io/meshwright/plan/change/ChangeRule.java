package io.meshwright.plan.change;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The sorts of change that a plan tells of, each with its risk; a code that was given is never given again. */
public enum ChangeRule {
    REQUEST_LOST("PLAN101", Section.REQUESTS, Risk.DANGEROUS, "Requests that arrived do not arrive any more"),
    REQUEST_REFUSED("PLAN102", Section.REQUESTS, Risk.REVIEW, "Requests that arrived are refused by a policy now"),
    REQUEST_ADMITTED(
            "PLAN103",
            Section.REQUESTS,
            Risk.REVIEW,
            "Requests that a policy refused, or that nobody outside could send, arrive now"),
    REQUEST_ARRIVES("PLAN104", Section.REQUESTS, Risk.LOW, "Requests that did not arrive do now"),
    REQUEST_ELSEWHERE("PLAN105", Section.REQUESTS, Risk.REVIEW, "Requests arrive elsewhere, or in other parts"),
    ANSWER_CHANGED("PLAN106", Section.REQUESTS, Risk.REVIEW, "A proxy answers requests in another way"),
    REQUEST_UNKNOWN("PLAN107", Section.REQUESTS, Risk.REVIEW, "How requests end cannot be told on one side or both"),
    TIMEOUT_SHORTER("PLAN108", Section.REQUESTS, Risk.REVIEW, "A timeout is new or shorter"),
    TIMEOUT_LONGER("PLAN109", Section.REQUESTS, Risk.LOW, "A timeout is longer or gone"),
    RETRIES_CHANGED("PLAN110", Section.REQUESTS, Risk.REVIEW, "Failed requests are tried again in another way"),
    ORIGIN_REFUSED(
            "PLAN111", Section.REQUESTS, Risk.DANGEROUS, "A page of another origin may not read answers any more"),
    ORIGIN_ADMITTED("PLAN112", Section.REQUESTS, Risk.REVIEW, "A page of another origin may read answers now"),
    REWRITTEN("PLAN113", Section.REQUESTS, Risk.REVIEW, "The application sees another path or host"),
    MIRRORED("PLAN114", Section.REQUESTS, Risk.REVIEW, "Copies of requests go elsewhere"),
    REQUEST_HEADERS_CHANGED("PLAN115", Section.REQUESTS, Risk.REVIEW, "The application sees other headers"),
    ANSWER_HEADERS_CHANGED("PLAN116", Section.REQUESTS, Risk.REVIEW, "Clients see other headers of answers"),

    EXPOSURE_WIDER("PLAN201", Section.SECURITY, Risk.REVIEW, "A host or port is open at a gateway that was not"),
    EXPOSURE_NARROWER("PLAN202", Section.SECURITY, Risk.LOW, "A host or port is no longer open at a gateway"),
    MUTUAL_TLS_WEAKER("PLAN203", Section.SECURITY, Risk.DANGEROUS, "Pods take plain text that demanded mutual TLS"),
    MUTUAL_TLS_STRONGER("PLAN204", Section.SECURITY, Risk.REVIEW, "Pods demand mutual TLS that took plain text"),
    CALLER_ADDED("PLAN205", Section.SECURITY, Risk.REVIEW, "A workload may call a service that refused it"),
    CALLER_REMOVED("PLAN206", Section.SECURITY, Risk.REVIEW, "A workload may no longer call a service"),
    EGRESS_WIDER("PLAN207", Section.SECURITY, Risk.REVIEW, "Workloads reach hosts outside that they did not"),
    EGRESS_NARROWER("PLAN208", Section.SECURITY, Risk.LOW, "Workloads no longer reach hosts outside"),
    RIGHTS_WIDER("PLAN209", Section.SECURITY, Risk.REVIEW, "An account has more rights at the API server"),
    RIGHTS_NARROWER("PLAN210", Section.SECURITY, Risk.LOW, "An account has fewer rights at the API server"),
    POD_LOOSER("PLAN211", Section.SECURITY, Risk.DANGEROUS, "Pods may do more on their node"),
    POD_STRICTER("PLAN212", Section.SECURITY, Risk.LOW, "Pods may do less on their node"),
    IMAGE_WITHOUT_DIGEST("PLAN213", Section.SECURITY, Risk.REVIEW, "An image is no longer named by its digest"),
    CALLS_PLAIN("PLAN214", Section.SECURITY, Risk.REVIEW, "Calls go without Istio's mutual TLS that went with it"),
    CALLS_MUTUAL("PLAN215", Section.SECURITY, Risk.LOW, "Calls go with Istio's mutual TLS that went without it"),

    POD_RESTARTS("PLAN301", Section.DELIVERY, Risk.LOW, "Pods are replaced one after the other"),
    DOWNTIME("PLAN302", Section.DELIVERY, Risk.REVIEW, "All pods of a workload are down while it changes"),
    FIELD_REFUSED("PLAN303", Section.DELIVERY, Risk.DANGEROUS, "The API server refuses the change of a field"),
    VALUES_STALE("PLAN304", Section.DELIVERY, Risk.REVIEW, "Pods keep old values until somebody restarts them"),
    DATA_PRUNED(
            "PLAN305",
            Section.DELIVERY,
            Risk.DANGEROUS,
            "An object whose removal takes data or other objects along is removed"),
    OBJECT_PRUNED("PLAN306", Section.DELIVERY, Risk.LOW, "An object is removed"),
    REMOVAL_HELD("PLAN307", Section.DELIVERY, Risk.REVIEW, "The removal of an object is held back"),
    REQUESTS_OF_PODS("PLAN308", Section.DELIVERY, Risk.LOW, "Pods ask for more of the nodes"),
    PROXY_STALE("PLAN309", Section.DELIVERY, Risk.REVIEW, "Pods keep their proxy until somebody restarts them"),
    SYNCS("PLAN310", Section.DELIVERY, Risk.NONE, "Argo CD, Flux or a person has something to apply"),
    ENVIRONMENT_ADDED("PLAN311", Section.DELIVERY, Risk.REVIEW, "A whole environment is new"),
    ENVIRONMENT_REMOVED("PLAN312", Section.DELIVERY, Risk.DANGEROUS, "A whole environment is gone"),
    CLAIM_HELD("PLAN313", Section.DELIVERY, Risk.REVIEW, "A new pod waits for a volume that the old one holds"),
    BUDGET_TIGHT(
            "PLAN314",
            Section.DELIVERY,
            Risk.REVIEW,
            "A disruption budget demands more pods than there are, or than a roll-out leaves"),

    ERROR_ADDED("PLAN401", Section.FINDINGS, Risk.DANGEROUS, "check finds an error that was not there"),
    WARNING_ADDED("PLAN402", Section.FINDINGS, Risk.REVIEW, "check finds a warning that was not there"),
    NOTE_ADDED("PLAN403", Section.FINDINGS, Risk.LOW, "check has a note that it had not"),
    FINDING_GONE("PLAN404", Section.FINDINGS, Risk.NONE, "What check found is gone"),
    FINDING_REWORDED("PLAN405", Section.FINDINGS, Risk.REVIEW, "What check found at a field it finds in other words");

    private final String code;
    private final Section section;
    private final Risk risk;
    private final String title;

    ChangeRule(String code, Section section, Risk risk, String title) {
        this.code = code;
        this.section = section;
        this.risk = risk;
        this.title = title;
    }

    public String code() {
        return code;
    }

    public Section section() {
        return section;
    }

    public Risk risk() {
        return risk;
    }

    public String title() {
        return title;
    }

    public static Optional<ChangeRule> of(String code) {
        return Arrays.stream(values()).filter(rule -> rule.code.equals(code)).findFirst();
    }

    /** A change of this sort to an object or a request. */
    public Change of(String subject, String sentence) {
        return new Change(this, subject, sentence, List.of());
    }
}

package io.meshwright.check.apiserver;

import io.meshwright.check.admission.field.Field;
import io.meshwright.manifest.Kind;
import java.util.Locale;
import java.util.Set;

/** Names, labels and annotations, which objects of every kind have. */
final class Metadata {
    private static final int LARGEST_ANNOTATIONS = 256 << 10;
    // A Job's pods carry eleven more characters (batch/validation).
    private static final int LONGEST_CRON_JOB = 52;
    private static final Set<Kind> LABELS = Set.of(Kind.SERVICE, Kind.NAMESPACE, Kind.STATEFUL_SET);
    private static final Set<Kind> PATH_SEGMENTS = Set.of(new Kind("policy", "PodDisruptionBudget"));
    // The API server names it itself.
    private static final Kind NAMED_LATER = new Kind("", "LimitRange");
    // What a namespace in an object without one says is never read.
    private static final Set<String> CLUSTER = Set.of(
            "Namespace",
            "Node",
            "PersistentVolume",
            "ClusterRole",
            "ClusterRoleBinding",
            "StorageClass",
            "PriorityClass",
            "CSIDriver",
            "IngressClass",
            "RuntimeClass",
            "MutatingWebhookConfiguration",
            "ValidatingWebhookConfiguration",
            "CustomResourceDefinition",
            "APIService",
            "ClusterIssuer",
            "ClusterSecretStore",
            "GatewayClass");
    // Groups some of whose names are no DNS names.
    private static final Set<String> FREE = Set.of(
            "rbac.authorization.k8s.io",
            "apiregistration.k8s.io",
            "certificates.k8s.io",
            "flowcontrol.apiserver.k8s.io",
            "apiextensions.k8s.io");

    private Metadata() {}

    static void examine(Field object) {
        Field metadata = object.at("metadata");
        Kind kind = object.manifest().kind();
        if (metadata.at("name").isEmpty() && metadata.at("generateName").isEmpty() && !kind.equals(NAMED_LATER)) {
            metadata.refuse("the object has no name", "Write metadata.name.");
        }
        Form form = form(kind);
        form.examine(metadata.at("name"));
        // What the API server adds to it are letters and digits.
        String begin = metadata.at("generateName").text();
        if (!begin.isEmpty() && metadata.at("name").isEmpty() && !form.fits(begin.concat("0"))) {
            form.examine(metadata.at("generateName"), begin);
        }
        if (kind.equals(Kind.CRON_JOB) && metadata.at("name").text().length() > LONGEST_CRON_JOB) {
            metadata.at("name")
                    .refuse(
                            "the name is longer than %d characters".formatted(LONGEST_CRON_JOB),
                            "Write a shorter one: the names of its Jobs and pods are made of it.");
        }
        if (!CLUSTER.contains(kind.name())) {
            Form.LABEL.examine(metadata.at("namespace"));
        }
        common(metadata);
    }

    private static Form form(Kind kind) {
        boolean free = FREE.contains(kind.group()) || PATH_SEGMENTS.contains(kind);
        return LABELS.contains(kind) ? Form.LABEL : free ? Form.PATH_SEGMENT : Form.SUBDOMAIN;
    }

    /** Examines metadata that pod templates have as well. */
    static void common(Field metadata) {
        Selectors.labels(metadata.at("labels"));
        int size = 0;
        for (Field annotation : metadata.at("annotations").entries()) {
            // Keys of annotations may be written in either case.
            String key = annotation.key().toLowerCase(Locale.ROOT);
            if (!Form.QUALIFIED_NAME.fits(key)) {
                Form.QUALIFIED_NAME.examine(annotation, annotation.key());
            }
            size += annotation.key().length() + annotation.text().length();
        }
        if (size > LARGEST_ANNOTATIONS) {
            metadata.at("annotations")
                    .refuse(
                            "the annotations hold %d characters".formatted(size),
                            "Keep them below %d.".formatted(LARGEST_ANNOTATIONS));
        }
    }
}

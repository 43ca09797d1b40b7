package io.meshwright.construct.observability.alerts;

/** The service of an alert by the labels of Istio's metrics. */
final class ServiceLabels {
    /** {@code namespace/service} in a sentence. */
    static final String SHOWN = "{{ $labels.destination_service_namespace }}/{{ $labels.destination_service_name }}";

    /** Selects its series in a query that a person fills in. */
    static final String ASKED = "destination_service_namespace=\"NAMESPACE\",destination_service_name=\"SERVICE\"";

    private ServiceLabels() {}
}

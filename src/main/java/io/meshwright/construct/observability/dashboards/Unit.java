package io.meshwright.construct.observability.dashboards;

/** Units of a panel's numbers, by Grafana's names. */
enum Unit {
    NUMBER("short"),
    SHARE("percentunit"),
    PER_SECOND("ops"),
    REQUESTS("reqps"),
    MILLISECONDS("ms"),
    SECONDS("s"),
    BYTES("bytes"),
    BYTES_PER_SECOND("Bps"),
    CORES("none");

    private final String grafana;

    Unit(String grafana) {
        this.grafana = grafana;
    }

    String grafana() {
        return grafana;
    }
}

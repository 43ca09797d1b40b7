package io.meshwright.stack.delivery;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.meshwright.construct.delivery.flux.HelmRelease;
import io.meshwright.construct.delivery.sync.Wave;
import io.meshwright.construct.object.KubernetesObject;
import io.meshwright.value.delivery.FluxNames;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.cdk8s.Chart;
import software.constructs.Construct;

/** The charts of one wave, as Flux installs them. */
final class ReleasesStack extends Chart {
    ReleasesStack(
            Construct scope, Wave wave, List<InstalledChart> charts, Turns releases, ChartRepositories repositories) {
        super(scope, id(wave));
        charts.forEach(chart -> KubernetesObject.of(
                this,
                chart.name().toString(),
                new HelmRelease(
                        metadata(chart),
                        HelmRelease.Spec.of(
                                chart.name(),
                                chart.namespace(),
                                chart.chart(),
                                repositories.nameOf(chart.chart().repository()),
                                chart.values(),
                                releases.before(wave),
                                chart.drift()))));
    }

    static String id(Wave wave) {
        return "charts-%s".formatted(wave.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    /**
     * It goes only by a person's hand, since its definitions and with them every object of their kinds would go too.
     */
    private static ObjectMeta metadata(InstalledChart chart) {
        SortedMap<String, String> annotations = new TreeMap<>(FluxNames.kept());
        annotations.putAll(chart.notes());
        return new ObjectMetaBuilder()
                .withName(chart.name().toString())
                .withNamespace(FluxNames.NAMESPACE.toString())
                .withAnnotations(annotations)
                .build();
    }
}

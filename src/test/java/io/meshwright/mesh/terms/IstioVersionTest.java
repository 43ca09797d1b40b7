package io.meshwright.mesh.terms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class IstioVersionTest {
    static Stream<Arguments> changes() {
        return Stream.of(
                since("1.22", "1.21.6", IstioVersion::treatsMissingHeaderAsEmpty),
                since("1.22", "1.21.6", IstioVersion::knowsPathTemplates),
                since("1.23", "1.22.8", IstioVersion::knowsUnmatchedPreflights),
                since("1.24", "1.23.6", version -> !version.retriesOn503()),
                since("1.24", "1.23.6", IstioVersion::retriesInboundResets),
                since("1.24", "1.23.6", IstioVersion::mergesDestinationRulesByExport),
                since("1.24", "1.23.6", IstioVersion::knowsNativeSidecarsOfPods),
                since("1.24", "1.23.6", IstioVersion::attachesToServiceEntries),
                since("1.24", "1.23.6", IstioVersion::matchesEveryHeader),
                since("1.24", "1.23.6", version -> !version.copiesClaimsToAnyHeader()),
                since("1.25", "1.24.6", IstioVersion::allocatesAddresses),
                since("1.25", "1.24.6", IstioVersion::knowsServiceAccounts),
                since("1.25", "1.24.6", IstioVersion::attachesToGatewayClasses),
                since("1.26", "1.25.5", IstioVersion::readsCertificatesFromConfigMaps),
                since("1.26", "1.25.5", IstioVersion::allowsAllMethods),
                since("1.27", "1.26.8", IstioVersion::prefersNativeSidecars),
                since("1.27", "1.26.8", IstioVersion::takesSeveralCertificates),
                since("1.27", "1.26.8", IstioVersion::knowsIssuerByKeys),
                since("1.27", "1.26.8", IstioVersion::knowsExperimentalListenerSets),
                since("1.28", "1.27.9", IstioVersion::givesSidecarsSeccompProfile),
                since("1.28", "1.27.9", IstioVersion::copiesClaimsToAnyHeader),
                since("1.28", "1.27.9", IstioVersion::knowsMoreBackends),
                since("1.28.6", "1.28.5", IstioVersion::canBlockKeyAddresses),
                since("1.28.6", "1.28.5", IstioVersion::mergesRoutesAtWaypoints),
                since("1.29", "1.28.6", version -> !version.mergesRoutesAtWaypoints()),
                since("1.29", "1.28.6", IstioVersion::quotesNamespaces),
                since("1.29", "1.28.6", IstioVersion::patchesWaypoints),
                since("1.29.2", "1.29.1", IstioVersion::mergesRoutesAtWaypoints),
                since("1.30", "1.29.4", IstioVersion::knowsTrustDomains),
                since("1.30", "1.29.4", IstioVersion::endsTlsForTlsRoutes),
                since("1.30", "1.29.4", IstioVersion::knowsListenerSets),
                since("1.30", "1.29.4", version -> !version.knowsExperimentalListenerSets()),
                since("1.30", "1.29.4", IstioVersion::findsNothingWithoutBackends),
                since("1.30", "1.29.4", IstioVersion::readsWildcardOrigins),
                since("1.30", "1.29.4", IstioVersion::looksUpInternalHosts),
                since("1.30.3", "1.30.2", IstioVersion::warnsOfPrivateKeys),
                since("1.31", "1.30.9", version -> !version.findsNothingWithoutBackends()),
                since("1.31", "1.30.9", IstioVersion::leavesHostsOut));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void a_change_comes_with_its_release(String release, String before, Predicate<IstioVersion> changed) {
        assertThat(changed.test(IstioVersion.of(before))).as("in %s", before).isFalse();
        assertThat(changed.test(IstioVersion.of(release))).as("in %s", release).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"1.23.4, true", "1.24.0, false", "1.27.0, false", "1.28.0, true", "1.31.0, true"})
    void claims_were_copied_to_any_header_before_and_are_again(String release, boolean copied) {
        assertThat(IstioVersion.of(release).copiesClaimsToAnyHeader()).isEqualTo(copied);
    }

    @Test
    void later_releases_keep_what_came_and_not_what_went() {
        IstioVersion later = IstioVersion.of("1.40.0");

        assertThat(later.knowsListenerSets()).isTrue();
        assertThat(later.knowsExperimentalListenerSets()).isFalse();
        assertThat(later.retriesOn503()).isFalse();
        assertThat(later).hasToString("1.40.0");
    }

    private static Arguments since(String release, String before, Predicate<IstioVersion> changed) {
        return arguments(release, before, changed);
    }
}

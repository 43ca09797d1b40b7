package io.meshwright.mesh.terms;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class IstioVersionTest {
    /** The releases with which an answer becomes yes (+) and no (-), from 1.20.0 on; "+" first for one that was yes. */
    private static final Map<String, String> CHANGES = Map.ofEntries(
            entry("retriesOn503", "+ -1.24.0"),
            entry("retriesInboundResets", "+1.24.0"),
            entry("mergesDestinationRulesByExport", "+1.24.0"),
            entry("knowsNativeSidecarsOfPods", "+1.24.0"),
            entry("prefersNativeSidecars", "+1.27.0"),
            entry("allocatesAddresses", "+1.25.0"),
            entry("treatsMissingHeaderAsEmpty", "+1.22.0"),
            entry("verifiesTokensByEnvoy", "+1.21.0"),
            entry("knowsSpaceDelimitedClaims", "+1.28.0"),
            entry("passesOnInAmbient", "+1.28.0"),
            entry("knowsUnmatchedPreflights", "+1.23.0"),
            entry("knowsServiceAccounts", "+1.25.0"),
            entry("knowsPathTemplates", "+1.22.0"),
            entry("scopesObjectsByNamespace", "+1.22.0"),
            entry("knowsCorsOfGatewayApi", "+1.26.0"),
            entry("quotesNamespaces", "+1.29.0"),
            entry("leadsGatewaysToWaypoints", "+1.24.0"),
            entry("leadsGatewaysByNamespace", "+1.25.0"),
            entry("answersNamesInAmbient", "+1.25.0"),
            entry("tunnelsForMutual", "+1.25.1"),
            entry("routesConnectionsAtWaypoints", "+1.26.0"),
            entry("beginsTlsForEntries", "+1.28.0"),
            entry("looksUpAnyNames", "+1.28.0"),
            entry("knowsWaypointCanaries", "+1.31.0"),
            entry("readsCertificatesFromConfigMaps", "+1.26.0"),
            entry("givesSidecarsSeccompProfile", "+1.28.0"),
            entry("takesSeveralCertificates", "+1.27.0"),
            entry("mergesGrpcRoutes", "+ -1.26.0 +1.30.0"),
            entry("losesGrpcRoutes", "+1.26.2 -1.30.0"),
            entry("keepsLastGrant", "+1.26.0 -1.30.0"),
            entry("narrowsDefaultExports", "+ -1.30.3"),
            entry("knowsTrafficExtensions", "+1.30.0"),
            entry("looksUpNamesInProxies", "+1.30.0"),
            entry("knowsRoot", "+1.27.0"),
            entry("letsRulesFillPolicies", "+ -1.31.0"),
            entry("attachesToServiceEntries", "+1.24.0"),
            entry("attachesToGatewayClasses", "+1.25.0"),
            entry("matchesEveryHeader", "+1.24.0"),
            entry("allowsAllMethods", "+1.26.0"),
            entry("knowsIssuerByKeys", "+1.27.0"),
            entry("copiesClaimsToAnyHeader", "+ -1.24.0 +1.28.0"),
            entry("canBlockKeyAddresses", "+1.28.6"),
            entry("patchesWaypoints", "+1.29.0"),
            entry("carriesBlocksInAmbient", "+1.30.0"),
            entry("knowsTrustDomains", "+1.30.0"),
            entry("endsTlsForTlsRoutes", "+1.30.0"),
            entry("knowsListenerSets", "+1.30.0"),
            entry("knowsExperimentalListenerSets", "+1.27.0 -1.30.0"),
            entry("readsValuesOfHeadersAlone", "+1.27.8 -1.28.0 +1.28.5 -1.29.0 +1.29.1"),
            entry("mergesRoutesAtWaypoints", "+1.28.6 -1.29.0 +1.29.2"),
            entry("narrowsTlsRoutes", "+1.27.9 -1.28.0 +1.28.6 -1.29.0 +1.29.2"),
            entry("knowsMoreBackends", "+1.28.0"),
            entry("findsNothingWithoutBackends", "+1.30.0 -1.31.0"),
            entry("readsWildcardOrigins", "+1.30.0"),
            entry("looksUpInternalHosts", "+1.30.0"),
            entry("knowsHostsByNamespace", "+1.24.0"),
            entry("warnsOfPrivateKeys", "+1.30.3"),
            entry("resolvesDotsWithParameters", "+1.29.7 -1.30.0 +1.30.4"),
            entry("knowsTlsRoutes", "+1.30.0"),
            entry("canAskSeveralAuthorizers", "+1.30.0"),
            entry("knowsTcpRoutes", "+1.31.0"),
            entry("closesTcpListeners", "+1.25.0 -1.31.0"),
            entry("rewritesPrefixesOfRedirects", "+1.31.0"),
            entry("closesManagedGatewaysToOthers", "+1.31.0"),
            entry("leavesConflictingListenersOut", "+1.31.0"),
            entry("tellsListenerSetsFromGateways", "+1.31.1"),
            entry("demandsTlsOfListeners", "+1.31.0"),
            entry("takesSlowWarmups", "+1.31.0"),
            entry("knowsConnectionSettings", "+1.31.0"),
            entry("limitsProxyVersions", "+1.29.7 -1.30.0 +1.30.4"),
            entry("passesOverPolicies", "+1.30.1"),
            entry("leavesHostsOut", "+1.31.0"));

    static Stream<String> questions() {
        return Stream.of(IstioVersion.class.getDeclaredMethods())
                .filter(method -> method.getReturnType() == boolean.class && method.getParameterCount() == 0)
                .map(Method::getName)
                .sorted();
    }

    @ParameterizedTest
    @MethodSource("questions")
    void each_answer_changes_with_these_releases_and_no_others(String question) throws ReflectiveOperationException {
        Method asked = IstioVersion.class.getMethod(question);
        List<String> changes = new ArrayList<>();
        boolean before = false;
        for (String release : releases()) {
            boolean answer = (boolean) asked.invoke(IstioVersion.of(release));
            if (answer != before) {
                changes.add((answer ? "+" : "-").concat(release.equals("1.20.0") ? "" : release));
            }
            before = answer;
        }

        assertThat(String.join(" ", changes)).isEqualTo(CHANGES.get(question));
    }

    /** Ten of each minor release, and a later one. */
    private static List<String> releases() {
        List<String> releases = new ArrayList<>();
        IntStream.rangeClosed(20, 31)
                .forEach(minor ->
                        IntStream.range(0, 10).forEach(patch -> releases.add("1.%d.%d".formatted(minor, patch))));
        releases.add("1.40.0");
        return releases;
    }

    @Test
    void a_release_is_written_as_its_number() {
        assertThat(IstioVersion.of("1.40.0")).hasToString("1.40.0");
    }
}

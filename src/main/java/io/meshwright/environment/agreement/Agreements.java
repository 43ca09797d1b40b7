package io.meshwright.environment.agreement;

import io.meshwright.environment.Environment;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.InvalidValues;
import java.util.List;

/** All rules over several values of one environment file. */
public final class Agreements {
    private static final List<Agreement> ALL = List.of(
            new ReleasesGoTogether(),
            new GatewayAddressFitsPlatform(),
            new RedirectsEnd(),
            new PortsFree(),
            new CertificatesHaveIssuer(),
            new SyncedCertificatesHaveStore(),
            new SystemNamespacesLeftAlone(),
            new HostsServedByGateway(),
            new NamesKnown(),
            new ServiceNamesUsable(),
            new NamespacesMade(),
            new KialiLoginGuarded(),
            new EgressGatewayUsed(),
            new EgressGatewayDeclared(),
            new EgressNamespaceReserved(),
            new EgressGatewayUsersInMesh(),
            new ZonesFollowHealth(),
            new BreakersTakeOutPods(),
            new HashesKeepVersions(),
            new StreamsKeepTheirPool(),
            new TriesWithinTimeout(),
            new ClaimsVerified(),
            new PathsHaveOneOwner(),
            new CookiesFromBrowsers(),
            new StreamsBeatInTime(),
            new DisksSuitPrograms(),
            new TagsKnown(),
            new AcceptedFaultsPublished(),
            new UpgradeSupported(),
            new GatewayMovesLast(),
            new RoutesAvoidRefusedPaths(),
            new ActuatorAnswersHaveRoutes(),
            new ClientAddressesSeen(),
            new ReleasesRouted(),
            new CallsShaped(),
            new SidecarSettingsRead(),
            new RoutesLeadToHttp(),
            new RoutesAdmitted(),
            new RoutesRedirectAway(),
            new MirrorsLeadElsewhere(),
            new VolumesHaveOnePod(),
            new CorsHasRoutes(),
            new ExternalsUsed(),
            new ExternalsApart(),
            new ExternalsOutside(),
            new CallersArrive(),
            new OriginClosable());

    private Agreements() {}

    static List<Agreement> all() {
        return ALL;
    }

    /** Everything in which the values of an environment do not agree. */
    public static List<InvalidValue> refusals(Environment environment) {
        return ALL.stream()
                .flatMap(agreement -> agreement.refusals(environment).stream())
                .toList();
    }

    /**
     * Refuses an environment whose values do not agree, for whoever makes one without a file.
     *
     * @throws InvalidValues which hold all that does not agree
     */
    public static void require(Environment environment) {
        InvalidValues.throwIfAny(refusals(environment));
    }
}

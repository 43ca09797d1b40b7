package io.meshwright.environment.agreement;

import io.meshwright.environment.Environment;
import io.meshwright.environment.agreement.egress.EgressGatewayDeclared;
import io.meshwright.environment.agreement.egress.EgressGatewayUsed;
import io.meshwright.environment.agreement.egress.EgressGatewayUsersInMesh;
import io.meshwright.environment.agreement.egress.EgressNamespaceReserved;
import io.meshwright.environment.agreement.egress.ExternalsApart;
import io.meshwright.environment.agreement.egress.ExternalsOutside;
import io.meshwright.environment.agreement.egress.ExternalsUsed;
import io.meshwright.environment.agreement.gateway.AuthorizersAnswer;
import io.meshwright.environment.agreement.gateway.BrowsersReached;
import io.meshwright.environment.agreement.gateway.CertificatesHaveIssuer;
import io.meshwright.environment.agreement.gateway.ChallengesAnswered;
import io.meshwright.environment.agreement.gateway.ClientAddressesSeen;
import io.meshwright.environment.agreement.gateway.ConnectionsArrive;
import io.meshwright.environment.agreement.gateway.DatagramsArrive;
import io.meshwright.environment.agreement.gateway.GatewayAddressFitsPlatform;
import io.meshwright.environment.agreement.gateway.GatewaysApart;
import io.meshwright.environment.agreement.gateway.HostSettingsRouted;
import io.meshwright.environment.agreement.gateway.HostsServedByGateway;
import io.meshwright.environment.agreement.gateway.LimitsReachPorts;
import io.meshwright.environment.agreement.gateway.ListenersApart;
import io.meshwright.environment.agreement.gateway.NodePortsListen;
import io.meshwright.environment.agreement.gateway.OriginClosable;
import io.meshwright.environment.agreement.gateway.PortsFree;
import io.meshwright.environment.agreement.gateway.RateLimitsCounted;
import io.meshwright.environment.agreement.gateway.RedirectsEnd;
import io.meshwright.environment.agreement.gateway.ServicesOfGatewaysMade;
import io.meshwright.environment.agreement.gateway.SyncedCertificatesHaveStore;
import io.meshwright.environment.agreement.gateway.TransportSecurityKept;
import io.meshwright.environment.agreement.gatewayapi.DefinitionsUsed;
import io.meshwright.environment.agreement.gatewayapi.HostPoliciesTranslated;
import io.meshwright.environment.agreement.gatewayapi.ListenersTranslated;
import io.meshwright.environment.agreement.gatewayapi.RouteOrderKept;
import io.meshwright.environment.agreement.gatewayapi.RoutesTranslated;
import io.meshwright.environment.agreement.installation.AcceptedFaultsPublished;
import io.meshwright.environment.agreement.installation.AnomaliesWatchServices;
import io.meshwright.environment.agreement.installation.AssistantServed;
import io.meshwright.environment.agreement.installation.DeliveryKeysRead;
import io.meshwright.environment.agreement.installation.DisksSuitPrograms;
import io.meshwright.environment.agreement.installation.GatewayMovesLast;
import io.meshwright.environment.agreement.installation.HealingAlertsRaised;
import io.meshwright.environment.agreement.installation.HealingHasItsParts;
import io.meshwright.environment.agreement.installation.HistoryKept;
import io.meshwright.environment.agreement.installation.KialiChatReads;
import io.meshwright.environment.agreement.installation.KialiLoginGuarded;
import io.meshwright.environment.agreement.installation.LogAlertsReadServices;
import io.meshwright.environment.agreement.installation.NamespacesMade;
import io.meshwright.environment.agreement.installation.OpenShiftAdmits;
import io.meshwright.environment.agreement.installation.PartsApart;
import io.meshwright.environment.agreement.installation.PartsHaveSources;
import io.meshwright.environment.agreement.installation.PartsOutsideMesh;
import io.meshwright.environment.agreement.installation.PartsSpokenOfRun;
import io.meshwright.environment.agreement.installation.PinnedReleasesInstalled;
import io.meshwright.environment.agreement.installation.QuotedLinesRedacted;
import io.meshwright.environment.agreement.installation.ReleasesGoTogether;
import io.meshwright.environment.agreement.installation.RemoteKeysNameProperties;
import io.meshwright.environment.agreement.installation.SharedVolumesOnNetwork;
import io.meshwright.environment.agreement.installation.SystemNamespacesLeftAlone;
import io.meshwright.environment.agreement.installation.TagsKnown;
import io.meshwright.environment.agreement.installation.ToolsGuarded;
import io.meshwright.environment.agreement.installation.UpgradeSupported;
import io.meshwright.environment.agreement.installation.VaultAnswersOperator;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.environment.agreement.route.ActuatorAnswersHaveRoutes;
import io.meshwright.environment.agreement.route.ClaimsVerified;
import io.meshwright.environment.agreement.route.CookiesFromBrowsers;
import io.meshwright.environment.agreement.route.CorsHasRoutes;
import io.meshwright.environment.agreement.route.HeadersSaidOnce;
import io.meshwright.environment.agreement.route.LimitedBodiesEnd;
import io.meshwright.environment.agreement.route.MirrorsLeadElsewhere;
import io.meshwright.environment.agreement.route.PathsHaveOneOwner;
import io.meshwright.environment.agreement.route.ReleasesDecideAlone;
import io.meshwright.environment.agreement.route.ReleasesRouted;
import io.meshwright.environment.agreement.route.RoutesAdmitted;
import io.meshwright.environment.agreement.route.RoutesAvoidRefusedPaths;
import io.meshwright.environment.agreement.route.RoutesLeadToHttp;
import io.meshwright.environment.agreement.route.RoutesRedirectAway;
import io.meshwright.environment.agreement.route.RoutesTakeRequests;
import io.meshwright.environment.agreement.route.StreamsBeatInTime;
import io.meshwright.environment.agreement.route.StreamsKeepTheirPool;
import io.meshwright.environment.agreement.route.TriesWithinTimeout;
import io.meshwright.environment.agreement.service.BreakersTakeOutPods;
import io.meshwright.environment.agreement.service.CallersArrive;
import io.meshwright.environment.agreement.service.CallsShaped;
import io.meshwright.environment.agreement.service.ConfigMapKeysKnown;
import io.meshwright.environment.agreement.service.ContainersApart;
import io.meshwright.environment.agreement.service.ContainersKnown;
import io.meshwright.environment.agreement.service.HashesKeepVersions;
import io.meshwright.environment.agreement.service.HealingSuitsServices;
import io.meshwright.environment.agreement.service.IdentitiesExchanged;
import io.meshwright.environment.agreement.service.JobsEnd;
import io.meshwright.environment.agreement.service.NamesKnown;
import io.meshwright.environment.agreement.service.PausesKnown;
import io.meshwright.environment.agreement.service.PodCertificatesIssued;
import io.meshwright.environment.agreement.service.RightsAdmitted;
import io.meshwright.environment.agreement.service.ServiceAccountsApart;
import io.meshwright.environment.agreement.service.ServiceNamesUsable;
import io.meshwright.environment.agreement.service.SidecarSettingsRead;
import io.meshwright.environment.agreement.service.VolumesHaveOnePod;
import io.meshwright.environment.agreement.service.ZonesFollowHealth;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.InvalidValues;
import java.util.List;

/** All rules over several values of one environment file. */
public final class Agreements {
    private static final List<Agreement> ALL = List.of(
            new ReleasesGoTogether(),
            new PinnedReleasesInstalled(),
            new GatewayAddressFitsPlatform(),
            new NodePortsListen(),
            new RedirectsEnd(),
            new PortsFree(),
            new ListenersApart(),
            new GatewaysApart(),
            new ConnectionsArrive(),
            new LimitsReachPorts(),
            new ServicesOfGatewaysMade(),
            new CertificatesHaveIssuer(),
            new ChallengesAnswered(),
            new SyncedCertificatesHaveStore(),
            new RemoteKeysNameProperties(),
            new VaultAnswersOperator(),
            new SystemNamespacesLeftAlone(),
            new HostsServedByGateway(),
            new NamesKnown(),
            new ServiceNamesUsable(),
            new NamespacesMade(),
            new KialiLoginGuarded(),
            new ToolsGuarded(),
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
            new ReleasesDecideAlone(),
            new RoutesTakeRequests(),
            new CookiesFromBrowsers(),
            new StreamsBeatInTime(),
            new DeliveryKeysRead(),
            new DisksSuitPrograms(),
            new SharedVolumesOnNetwork(),
            new OpenShiftAdmits(),
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
            new ServiceAccountsApart(),
            new ContainersApart(),
            new ContainersKnown(),
            new ConfigMapKeysKnown(),
            new JobsEnd(),
            new PausesKnown(),
            new RightsAdmitted(),
            new PodCertificatesIssued(),
            new IdentitiesExchanged(),
            new CorsHasRoutes(),
            new ExternalsUsed(),
            new ExternalsApart(),
            new ExternalsOutside(),
            new CallersArrive(),
            new OriginClosable(),
            new HistoryKept(),
            new PartsHaveSources(),
            new PartsSpokenOfRun(),
            new PartsOutsideMesh(),
            new PartsApart(),
            new AnomaliesWatchServices(),
            new AssistantServed(),
            new KialiChatReads(),
            new LogAlertsReadServices(),
            new QuotedLinesRedacted(),
            new HealingHasItsParts(),
            new HealingAlertsRaised(),
            new HealingSuitsServices(),
            new BrowsersReached(),
            new TransportSecurityKept(),
            new HeadersSaidOnce(),
            new HostSettingsRouted(),
            new LimitedBodiesEnd(),
            new AuthorizersAnswer(),
            new RateLimitsCounted(),
            new DatagramsArrive(),
            new DefinitionsUsed(),
            new ListenersTranslated(),
            new HostPoliciesTranslated(),
            new RoutesTranslated(),
            new RouteOrderKept());

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

package io.meshwright.extension;

import io.meshwright.construct.MeshGateway;
import io.meshwright.construct.SecureService;
import io.meshwright.construct.delivery.sync.Wave;
import io.meshwright.construct.security.NamespaceGuard;
import io.meshwright.environment.Environment;
import io.meshwright.environment.Parties;
import io.meshwright.value.Name;
import java.util.List;
import org.cdk8s.App;
import org.cdk8s.Chart;

/** One environment while it is built: what its file says, what was made of it, and where more is added. */
public interface Platform {
    /** All that the file says, its bases included, with every default. */
    Environment environment();

    /**
     * Returns the parties that call and are called here: the gateway, services, tools, and who of them speaks mutual
     * TLS.
     */
    Parties parties();

    /**
     * Returns the app in which charts of one's own stand. Each is a folder of dist and an Application by its id, in the
     * wave {@link Wave#SERVICES} unless {@link #deliver} says another.
     */
    App app();

    /**
     * A chart of the platform, for constructs that belong into it and for changes of its objects.
     *
     * @param id its folder in dist, such as {@code services}
     * @throws io.meshwright.value.InvalidValue where there is none
     */
    Chart chart(String id);

    /** The gateway of the file, to which routes bind and whose pods are a caller. */
    MeshGateway gateway();

    /**
     * Returns the construct of one service of the file, with its objects.
     *
     * @throws io.meshwright.value.InvalidValue where the file has no such service
     */
    SecureService service(Name name);

    /** The guards of all namespaces of services: what they let in and out is what services declare. */
    List<NamespaceGuard> guards();

    /** Delivers a chart in another wave than the services'. */
    void deliver(Chart chart, Wave wave);

    /**
     * Lets Argo CD's project of this environment admit a kind that the platform has none of, or one of the cluster.
     *
     * @param kind {@code Kind}, or {@code group/Kind}
     */
    void admit(String kind);
}

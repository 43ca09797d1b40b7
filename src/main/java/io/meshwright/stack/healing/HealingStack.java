package io.meshwright.stack.healing;

import io.meshwright.construct.delivery.sync.IgnoredDifference;
import io.meshwright.construct.healing.HealingGround;
import io.meshwright.construct.healing.HealingMonitoring;
import io.meshwright.construct.healing.HealingProcess;
import io.meshwright.construct.healing.HealingTerms;
import io.meshwright.environment.Environment;
import io.meshwright.environment.aiops.Healing;
import io.meshwright.value.Name;
import java.util.List;
import java.util.Optional;
import org.cdk8s.Chart;
import software.constructs.Construct;

/** The processes of self-healing, one for each action that the environment asks for. */
public final class HealingStack extends Chart {
    public static final String ID = "healing";

    private final HealingGround ground;

    /**
     * Runs what is asked for.
     *
     * @param monitoring that starts the processes
     * @param application of Argo CD that delivers the services
     * @param issuer a ClusterIssuer of a CA of one's own; empty: certificates are made by hand
     */
    public HealingStack(
            Construct scope,
            Environment environment,
            Healing healing,
            HealingMonitoring monitoring,
            String application,
            Optional<Name> issuer) {
        super(scope, ID);
        this.ground = HealingGround.of(this, "ground", monitoring, issuer);
        HealedServices services = new HealedServices(environment);
        HealingTerms terms = new HealingTerms(
                healing.image(),
                healing.hourly(),
                healing.token(),
                healing.resources(),
                environment.imagePullSecrets(),
                application,
                issuer);
        for (Healing.Asked asked : healing.asked()) {
            HealingProcess.Builder.create(this, asked.action().word())
                    .action(asked.action())
                    .targets(services.targets(asked))
                    .dryRun(asked.dryRun())
                    .terms(terms)
                    .monitoring(monitoring)
                    .build();
        }
    }

    /** The fields of these objects that people and processes write. */
    public List<IgnoredDifference> drift() {
        return ground.drift();
    }
}

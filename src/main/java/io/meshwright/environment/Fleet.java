package io.meshwright.environment;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.Name;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.delivery.GitPlace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The clusters that this one's Argo CD delivers to besides, and the stages in which a change reaches them. */
@Doc("Other clusters that this Argo CD delivers to, one stage after the other.")
public record Fleet(
        @Required @Doc("Stages, in order; the next begins when all clusters of this one are healthy.")
        List<Stage> stages,

        @Required @Doc("Clusters, by a name of one's own.") Map<Name, Member> clusters) {
    public Fleet {
        stages = List.copyOf(Require.notEmpty("stages", stages));
        clusters = new LinkedHashMap<>(Require.notEmpty("clusters", clusters));
        TreeSet<Name> known = new TreeSet<>();
        for (Stage stage : stages) {
            Require.that(
                    known.add(stage.name()),
                    "stages",
                    "\"%s\" stands twice".formatted(stage.name()),
                    "name each stage once");
        }
        clusters.forEach((name, member) -> {
            if (!known.contains(member.stage())) {
                throw new InvalidValue(
                        "clusters.%s.stage".formatted(name),
                        "there is no stage \"%s\"".formatted(member.stage()),
                        "add it to stages, or use one of: %s"
                                .formatted(known.stream().map(Name::toString).collect(Collectors.joining(", "))));
            }
        });
    }

    /** One stage. */
    @Doc("One stage of a change.")
    public record Stage(
            @Required @Doc("Its name.") Name name,

            @Defaulted @Doc("Share of its clusters that change together, in percent, 1 to 100; default 100.")
            Integer percentAtOnce) {
        public Stage {
            Require.present("name", name);
            percentAtOnce = percentAtOnce == null ? 100 : Require.inRange("percentAtOnce", percentAtOnce, 1, 100);
        }
    }

    /** One cluster, which has an Argo CD of its own. */
    @Doc("One cluster, which has an Argo CD of its own.")
    public record Member(
            @Nullable @Doc("Name under which this Argo CD knows it; default: the name here.")
            String cluster,

            @Required @Doc("Stage that it changes in.") Name stage,

            @Nullable @Doc("Folder of the environment that it runs; default: this one's.")
            String path) {
        public Member {
            Require.present("stage", stage);
            if (cluster != null) {
                Require.notBlank("cluster", cluster);
            }
            if (path != null) {
                GitPlace.folder("path", path);
            }
        }
    }
}

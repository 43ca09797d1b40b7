package io.meshwright.check.schema;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.definition.ListDefaults;
import io.meshwright.definition.SchemaLines;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.Manifests;
import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.value.Version;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Compares custom resources with their definitions: those among the manifests, else those that the program brings, read
 * when a kind is asked for. Of Istio's own kinds always the mesh's release decides, because copies of other releases
 * lie about in repositories.
 */
public final class CustomResources {
    // controlplaneio-fluxcd/flux-operator, Flux Monitoring and Reporting.
    private static final Set<String> OPERATOR_KINDS = Set.of("FluxInstance", "ResourceSet", "ResourceSetInputProvider");
    private static final Pattern EVENT_SOURCE = Pattern.compile("/spec/(eventSources|resources)/\\d+/kind");

    private static final Pattern OLDER = Pattern.compile("/v\\d+(alpha|beta)\\d+$");

    private static final String FOLDER = "/crds/";
    private static final String ISTIO = "istio-";
    private static final String VERSION = "/spec/versions/0";
    private static final String SCHEMA = VERSION.concat("/schema/openAPIV3Schema");
    private static final Map<String, SchemaLines> FILES = new ConcurrentHashMap<>();

    private final List<String> index;
    private final List<Version> releases;
    private final IstioVersion version;
    private final String istio;
    private final GivenDefinitions given;
    private final Map<Kind, Optional<JsonNode>> schemas = new ConcurrentHashMap<>();
    private final Map<Kind, Boolean> defaulting = new ConcurrentHashMap<>();

    /** With none but the definitions that the program brings. */
    public CustomResources(IstioVersion version) {
        this(version, Manifests.of(List.of()));
    }

    public CustomResources(IstioVersion version, Manifests manifests) {
        this.given = new GivenDefinitions(manifests);
        this.index = SchemaLines.text(FOLDER.concat("index.txt")).lines().toList();
        this.releases = index.stream()
                .filter(file -> file.startsWith(ISTIO))
                .map(file -> Version.of(file.substring(ISTIO.length(), file.indexOf('/'))))
                .distinct()
                .sorted()
                .toList();
        this.version = version;
        this.istio = release(version.version());
    }

    /** The newest release here that is not newer than the mesh's, else the oldest. */
    private String release(Version version) {
        return releases.stream()
                .filter(version::isAtLeast)
                .reduce((older, newer) -> newer)
                .or(() -> releases.stream().findFirst())
                .map(CustomResources::folder)
                .orElse(ISTIO);
    }

    private static String folder(Version release) {
        return "%s%s/".formatted(ISTIO, release);
    }

    /**
     * True if the mesh's release may take of an object of Istio's what the definitions used for it do not, because its
     * own are not here: the next release that is here takes it, or there is none to ask and the field may be new.
     */
    public boolean mayTake(Manifest manifest, Violation violation) {
        if (releases.contains(version.version().line())) {
            return false;
        }
        return releases.stream()
                .filter(release -> !version.version().isAtLeast(release))
                .findFirst()
                .map(next -> schema(manifest.kind(), folder(next)).stream()
                        .flatMap(schema -> SchemaWalk.of(schema, manifest.body()).stream())
                        .noneMatch(later -> later.pointer().equals(violation.pointer())))
                .orElse(violation.unknown());
    }

    /** A copy of the object with what its definition says by default; a plain copy for kinds without one. */
    public JsonNode defaulted(Manifest manifest) {
        List<JsonNode> known = isGiven(manifest)
                ? given.schemas(manifest)
                : schema(manifest).stream().toList();
        return known.stream()
                .findFirst()
                .map(schema -> Defaults.applied(schema, manifest.body()))
                .orElseGet(() -> manifest.body().deepCopy());
    }

    /** True if a definition of the object's kind is among the manifests and counts. */
    public boolean isGiven(Manifest manifest) {
        return !manifest.kind().group().endsWith(".istio.io") && given.has(manifest.kind());
    }

    /** Objections of the definition of the object's kind; empty for kinds without one. */
    public Optional<List<Violation>> violations(Manifest manifest) {
        return isGiven(manifest)
                ? Optional.of(given.violations(manifest))
                : schema(manifest)
                        .map(schema -> SchemaWalk.of(schema, manifest.body()).stream()
                                .filter(violation -> !isOfFluxOperator(manifest, violation))
                                .filter(violation -> !violation.unknown() || !isOfOlderFlux(manifest))
                                .toList());
    }

    /** The operator adds its own kinds to the definitions of alerts and receivers that it installs. */
    private static boolean isOfFluxOperator(Manifest manifest, Violation violation) {
        return manifest.kind().group().equals("notification.toolkit.fluxcd.io")
                && EVENT_SOURCE.matcher(violation.pointer()).matches()
                && OPERATOR_KINDS.contains(manifest.at(violation.pointer()).asText(""));
    }

    /** Flux's first versions of a kind had fields that the one which is known here has lost. */
    private static boolean isOfOlderFlux(Manifest manifest) {
        return manifest.kind().group().endsWith(".toolkit.fluxcd.io")
                && OLDER.matcher(manifest.apiVersion()).find();
    }

    /**
     * Values that the API server adds inside lists of the object: by its definition among the manifests, and if there
     * are several by each of them; else by the one that the program brings, if it is of the version that the object is
     * written in.
     */
    public List<ListDefaults.Missing> addedInLists(Manifest manifest) {
        List<JsonNode> schemas = isGiven(manifest)
                ? given.schemas(manifest)
                : definition(manifest.kind(), istio)
                        .filter(definition -> manifest.apiVersion()
                                .endsWith("/"
                                        .concat(definition
                                                .at(VERSION)
                                                .path("name")
                                                .asText())))
                        .map(definition -> definition.at(SCHEMA))
                        .filter(schema -> defaulting.computeIfAbsent(manifest.kind(), none -> hasDefault(schema)))
                        .stream()
                        .toList();
        return schemas.stream()
                .map(schema -> ListDefaults.missing(schema, manifest.body()))
                .reduce((all, others) -> all.stream().filter(others::contains).toList())
                .orElse(List.of());
    }

    /** Most schemas of Istio's have none, so that nothing need be looked for in objects. */
    private static boolean hasDefault(JsonNode schema) {
        return schema.findValue("default") != null;
    }

    /**
     * The schema that the program brings of an object's kind, whatever version of it the object is written in; empty
     * for kinds that are not known.
     */
    public Optional<JsonNode> schema(Manifest manifest) {
        return schemas.computeIfAbsent(manifest.kind(), kind -> schema(kind, istio));
    }

    private Optional<JsonNode> schema(Kind kind, String release) {
        return definition(kind, release).map(definition -> definition.at(SCHEMA));
    }

    private Optional<JsonNode> definition(Kind kind, String release) {
        String file = "%s.txt".formatted(kind.group());
        return index.stream()
                .filter(name -> name.equals(file) || name.equals(release.concat(file)))
                .findFirst()
                .flatMap(name -> FILES.computeIfAbsent(name, read -> SchemaLines.of(FOLDER.concat(read)))
                        .find(kind.name()));
    }
}

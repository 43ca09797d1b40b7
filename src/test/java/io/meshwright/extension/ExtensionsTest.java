package io.meshwright.extension;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a team composes in Java joins the platform as what its file says does, and what is wrong is a sentence. */
class ExtensionsTest {
    private static final String HEAD = """
            package com.example;
            import io.meshwright.construct.delivery.sync.Wave;
            import io.meshwright.extension.*;
            import io.meshwright.value.*;
            import java.util.Map;
            import org.cdk8s.*;
            import org.cdk8s.plus34.*;
            """;

    @TempDir
    private static Path built;

    @TempDir
    Path home;

    private static Path jar;

    @BeforeAll
    static void is_built() throws IOException {
        Map<String, String> sources = new HashMap<>();
        sources.put("com.example.Extras", HEAD + """
                public final class Extras implements EnvironmentExtension {
                  @Override public void extend(Platform platform) {
                    Chart extras = new Chart(platform.app(), "extras");
                    String name = platform.environment().metadata().name().toString();
                    configMap(extras, "terms", "shop", name);
                    configMap(platform.chart("services"), "beside", "shop", "in a chart of the platform");
                    new Namespace(extras, "first", NamespaceProps.builder()
                        .metadata(ApiObjectMetadata.builder().name("shop-first").build()).build());
                    platform.admit("Namespace");
                    platform.deliver(extras, Wave.MESH);
                    platform.service(Name.of("web")).service().orElseThrow().resource()
                        .getMetadata().addLabel("example.com/team", "shop");
                  }
                  static void configMap(Chart chart, String name, String namespace, String text) {
                    new ConfigMap(chart, name, ConfigMapProps.builder()
                        .metadata(ApiObjectMetadata.builder().name(name).namespace(namespace).build())
                        .data(Map.of("text", text)).build());
                  }
                }
                """);
        extension(sources, "Throwing", "throw new IllegalStateException(\"no shop here\\nsecond line\");");
        extension(sources, "Twice", "new Chart(platform.app(), \"twice\"); new Chart(platform.app(), \"twice\");");
        extension(sources, "Taken", "new Chart(platform.app(), \"istiod\");");
        extension(sources, "Unnamed", "new Chart(platform.app(), \"Not_A_Stack\");");
        extension(sources, "Unknown", "platform.service(Name.of(\"wbe\"));");
        extension(
                sources,
                "Elsewhere",
                "Extras.configMap(new Chart(platform.app(), \"far\"), \"far\", \"elsewhere\", \"\");");
        extension(
                sources,
                "Again",
                "Extras.configMap(platform.chart(\"services\"), \"slack\", \"shop\", \"\");"
                        + " new ServiceAccount(new Chart(platform.app(), \"again\"), \"web\", ServiceAccountProps.builder()"
                        + ".metadata(ApiObjectMetadata.builder().name(\"web\").namespace(\"shop\").build()).build());");
        extension(sources, "Unadmitted", "new PriorityClassOf(new Chart(platform.app(), \"first\"));");
        sources.put(
                "com.example.PriorityClassOf",
                HEAD + "final class PriorityClassOf { PriorityClassOf(Chart chart) {"
                        + " new ApiObject(chart, \"x\", ApiObjectProps.builder().apiVersion(\"scheduling.k8s.io/v1\")"
                        + ".kind(\"PriorityClass\").metadata(ApiObjectMetadata.builder().name(\"first\").build()).build()); } }");
        extension(
                sources,
                "Late",
                "new ApiObject(new Chart(platform.app(), \"late\"), \"x\", ApiObjectProps.builder()"
                        + ".apiVersion(\"v1\").kind(\"ConfigMap\").metadata(ApiObjectMetadata.builder().name(\"x\")"
                        + ".namespace(\"shop\").build()).build()).addJsonPatch(JsonPatch.remove(\"/spec/nothing\"));");
        extension(sources, "Needing", "Needed.help();");
        sources.put("com.example.Needed", HEAD + "final class Needed { static void help() {} }");
        sources.put(
                "com.example.Arguments",
                HEAD + "public final class Arguments implements EnvironmentExtension {"
                        + " public Arguments(int number) {} public void extend(Platform platform) {} }");
        String[] declared = sources.keySet().stream()
                .filter(name -> !name.matches(".*(Needed|Arguments|Of)"))
                .toArray(String[]::new);
        jar = ExtensionJar.of(sources).without("com.example.Needed").write(built.resolve("extras.jar"), declared);
        ExtensionJar.of(sources).write(built.resolve("undeclared.jar"));
        ExtensionJar.of(Map.of("com.example.Newer", extension("Newer", "")))
                .compiledFor("com.example.Newer", Runtime.version().feature() + 1)
                .write(built.resolve("newer.jar"), "com.example.Newer");
        ExtensionJar.of(sources).write(built.resolve("arguments.jar"), "com.example.Arguments", "com.example.Extras");
    }

    @BeforeEach
    void has_an_environment() throws IOException {
        Files.createDirectories(home.resolve("environments"));
        names("com.example.Extras");
    }

    @Test
    void join_with_an_application_a_wave_and_the_inventory() throws IOException {
        Fixtures.Run run = synth(jar);

        assertThat(run).as(run.printed()).matches(ended -> ended.code() == 0);
        Path dist = home.resolve("dist/shop");
        assertThat(dist.resolve("extras/configmap.shop.terms.yaml")).content().contains("text: shop");
        assertThat(dist.resolve("extras/namespace.shop-first.yaml")).exists();
        assertThat(dist.resolve("services/configmap.shop.beside.yaml")).exists();
        assertThat(dist.resolve("services/service.shop.web.yaml")).content().contains("example.com/team: shop");
        assertThat(dist.resolve("inventory.json"))
                .content()
                .contains("extras/configmap.shop.terms.yaml", "\"extras/terms/Resource\"");
        assertThat(dist.resolve("argocd/application.argocd.extras.yaml"))
                .content()
                .contains("path: dist/shop/extras", "argocd.argoproj.io/sync-wave: \"60\"");
        assertThat(dist.resolve("argocd/appproject.argocd.shop.yaml")).content().contains("kind: ConfigMap");

        assertThat(synth(jar, "--dry-run").code()).isZero();
        Files.delete(dist.resolve("extras/configmap.shop.terms.yaml"));
        Fixtures.Run dry = synth(jar, "--dry-run");
        assertThat(dry.code()).isEqualTo(3);
        assertThat(dry.printed()).contains("extras/configmap.shop.terms.yaml");
    }

    @Test
    void are_found_in_folders_of_classes_and_of_jars() throws IOException {
        assertThat(synth(built).printed()).contains("shop: ").doesNotContain("extensions[0]");
    }

    @Test
    void are_refused_where_they_cannot_be_found_or_loaded() throws IOException {
        assertThat(Fixtures.synth(home).printed())
                .containsPattern("environments/shop\\.yaml:\\d+:\\d+ extensions\\[0]: 'com\\.example\\.Extras' is on no"
                        + " class path; give its jar by --extensions or MESHWRIGHT_EXTENSIONS, or remove it");
        assertThat(refused(built.resolve("undeclared.jar"), "com.example.Extras"))
                .contains("\"com.example.Extras\" is not declared as an extension; let META-INF/services/"
                        + "io.meshwright.extension.EnvironmentExtension name it, in its own jar");
        assertThat(refused(built.resolve("none.jar"), "com.example.Extras"))
                .contains("--extensions: \"%s\" does not exist; build it first".formatted(built.resolve("none.jar")));
        assertThat(refused(built.resolve("newer.jar"), "com.example.Newer"))
                .contains("\"com.example.Newer\" is compiled for Java %d, and this is Java "
                        .formatted(Runtime.version().feature() + 1));
        assertThat(refused(built.resolve("arguments.jar"), "com.example.Arguments"))
                .contains("\"com.example.Arguments\" cannot be loaded: ", "a public constructor without parameters");
        assertThat(refused(jar, "com.example.Needing"))
                .contains("\"com.example.Needing\" does not fit the classes that are here: NoClassDefFoundError"
                        + " com/example/Needed;");
        assertThat(refused(jar, "com.example.Not-One"))
                .contains("extensions[0]: \"com.example.Not-One\" is no name of a Java class");
    }

    @Test
    void are_refused_by_a_sentence_where_they_fail() throws IOException {
        assertThat(refused(jar, "com.example.Throwing"))
                .contains("'com.example.Throwing' (Throwing.java:")
                .contains("ends with IllegalStateException: no shop here; mend it there, or remove it here")
                .doesNotContain("second line");
        assertThat(refused(jar, "com.example.Twice"))
                .contains("'com.example.Twice' (Twice.java:", "There is already a Construct with name 'twice' in App");
        assertThat(refused(jar, "com.example.Taken"))
                .contains("\"com.example.Taken\" calls a chart \"istiod\" as another stack or Application is called");
        assertThat(refused(jar, "com.example.Unnamed"))
                .contains("\"com.example.Unnamed\" calls a chart \"Not_A_Stack\", which is no name of a stack");
        assertThat(refused(jar, "com.example.Unknown"))
                .contains("'com.example.Unknown' (Unknown.java:")
                .contains("is refused: services.wbe: is no service of this environment; take one of [web, api]");
        assertThat(refused(jar, "com.example.Late"))
                .contains("'com.example.Late'")
                .contains("extensions[0]: ");
    }

    @Test
    void are_refused_what_argo_cd_would_not_deliver() throws IOException {
        assertThat(refused(jar, "com.example.Elsewhere"))
                .contains("ConfigMap elsewhere/far (far/far/Resource of com.example.Elsewhere) is for a namespace that"
                        + " Argo CD's project does not admit");
        assertThat(refused(jar, "com.example.Unadmitted"))
                .contains("PriorityClass first (first/x of com.example.Unadmitted)")
                .contains("is of a kind that Argo CD's project does not admit; call"
                        + " platform.admit(\"scheduling.k8s.io/PriorityClass\")");
        assertThat(refused(jar, "com.example.Again"))
                .contains(
                        "ServiceAccount shop/web (again/web/Resource of com.example.Again) is made from this file too");
    }

    private String refused(Path path, String name) throws IOException {
        names(name);
        Fixtures.Run run = synth(path);
        assertThat(run.code()).as(run.printed()).isEqualTo(2);
        assertThat(run.printed()).doesNotContain("\tat ", "    at ");
        assertThat(home.resolve("dist")).doesNotExist();
        return run.printed();
    }

    private Fixtures.Run synth(Path path, String... options) {
        String[] all = new String[options.length + 2];
        all[0] = "--extensions";
        all[1] = path.toString();
        System.arraycopy(options, 0, all, 2, options.length);
        return Fixtures.synth(home, all);
    }

    private void names(String name) throws IOException {
        Files.writeString(
                home.resolve("environments/shop.yaml"),
                Files.readString(Path.of("test/resources/agreement/base.yaml")) + "extensions: [%s]\n".formatted(name));
    }

    private static void extension(Map<String, String> sources, String name, String body) {
        sources.put("com.example.".concat(name), extension(name, body));
    }

    private static String extension(String name, String body) {
        return HEAD
                + "public final class %s implements EnvironmentExtension {\n".formatted(name)
                + "  @Override public void extend(Platform platform) {\n    %s\n  }\n}\n".formatted(body);
    }
}

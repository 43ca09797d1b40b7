package io.meshwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.Fixtures;
import io.meshwright.check.Checks;
import io.meshwright.check.Severity;
import io.meshwright.environment.Environment;
import io.meshwright.environment.agreement.EnvironmentReader;
import io.meshwright.environment.reader.Reading;
import io.meshwright.house.Rendering;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InitCommandTest {
    private static final String[] COMMON = {
        "--host", "shop.example.org", "--repository", "https://git.example.org/shop/platform.git"
    };

    @TempDir
    Path home;

    private Terminal terminal;

    @BeforeEach
    void has_an_environment() throws IOException {
        Files.createDirectory(home.resolve("environments"));
        Files.writeString(home.resolve("environments/homelab.yaml"), Fixtures.file("homelab"));
        terminal = new Terminal(Map.of("MESHWRIGHT_HOME", home.toString()), Terminal::unwanted);
    }

    @ParameterizedTest
    @CsvSource({
        "onPremises, 1.31, ''",
        "onPremises, 1.30, ''",
        "eks, 1.31, ''",
        "eks, 1.25, ''",
        "gke, 1.30, --address 34.1.2.3",
        "kind, 1.30, ''",
        "onPremises, 1.30, --delivery flux",
        "onPremises, 1.30, --distribution k3s",
        "onPremises, 1.30, --distribution microk8s",
        "onPremises, 1.30, --distribution openshift --service web=docker.io/library/nginx:1.29.1",
        "onPremises, 1.30, --distribution talos",
        "metallb, 1.30, --distribution other --address 10.1.0.9",
        "onPremises, 1.30, --delivery none --service web=docker.io/library/nginx:1.29.1",
        "metallb, 1.28, --address 10.1.0.9",
        "azure, 1.26, --resource-group shop --address 20.1.2.3",
        "onPremises, 1.23, --service web=docker.io/library/nginx:1.29.1 --service cart=ghcr.io/shop/cart:1.0.0"
    })
    void writes_a_file_that_is_right(String platform, String istio, String more) throws IOException {
        assertThat(run("--platform " + platform + " --istio " + istio + " " + more, COMMON))
                .as(terminal.err())
                .isZero();

        String text = Files.readString(home.resolve("environments/shop.yaml"));
        assertThat(text).contains("# ", "istio: {version: %s.".formatted(istio));
        if (more.contains("--distribution") && !more.contains("other")) {
            assertThat(text).containsPattern("(?m)^  distribution: (k3s|microk8s|openshift|talos) # ");
        } else {
            assertThat(text).doesNotContain("distribution");
        }
        assertThat(Checks.run(Rendering.read(Rendering.objects(text)), Optional.empty())
                        .all())
                .filteredOn(finding -> finding.severity() == Severity.ERROR)
                .isEmpty();
        assertThat(terminal.out()).endsWith("next: meshwright synth --env shop\n");
    }

    @Test
    void says_who_delivers() throws IOException {
        assertThat(run("--platform kind --delivery flux", COMMON))
                .as(terminal.err())
                .isZero();

        assertThat(Files.readString(home.resolve("environments/shop.yaml")))
                .contains(
                        "# What Flux reads, which is installed already: dist/shop of this repository;",
                        "delivery: {type: flux, repository: https://git.example.org/shop/platform.git}");
        assertThat(terminal.run(
                        "init",
                        "other",
                        "--platform",
                        "kind",
                        "--delivery",
                        "helm",
                        COMMON[0],
                        COMMON[1],
                        COMMON[2],
                        COMMON[3]))
                .isEqualTo(2);
        assertThat(terminal.err()).contains("--delivery: \"helm\" is unknown; use one of argocd, flux, none");
    }

    @Test
    void names_the_program_as_it_was_started() {
        terminal = new Terminal(
                Map.of("MESHWRIGHT_HOME", home.toString(), "MESHWRIGHT_PROGRAM", "./meshwright"), Terminal::unwanted);
        assertThat(run("--platform onPremises", COMMON)).isZero();
        assertThat(terminal.out()).endsWith("next: ./meshwright synth --env shop\n");
        terminal.run("explain", "zzz");
        assertThat(terminal.err())
                .contains("; ./meshwright explain lists what there is", "\"./meshwright explain --help\" says what");
    }

    @Test
    void says_which_options_are_missing_where_nobody_answers() {
        assertThat(run("", new String[0])).isEqualTo(2);
        assertThat(terminal.err())
                .isEqualTo("meshwright init: --platform, --host, --repository: are not given; give them, or answer on a"
                        + " terminal\n");
        assertThat(home.resolve("environments/shop.yaml")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        --platform mars                                          | --platform: "mars" is unknown; use one of azure, eks, gke, kind, metallb, onPremises
        --platform onPremises --distribution rke                 | --distribution: "rke" is unknown; use one of k3s, microk8s, openshift, talos, other
        --platform metallb                                       | --address: is not given; give it, or answer on a terminal
        --platform metallb --address 1.2.3                       | --address: "1.2.3" is not valid; give an address such as
        --platform onPremises --istio 1.9                        | --istio: Istio "1.9" is not in the compatibility table; take one of 1.31, 1.30,
        --platform onPremises --service web                      | --service: "web" is no name and image; write NAME=IMAGE
        --platform onPremises --service web=nginx                | --service: "nginx" is not valid
        --platform onPremises --kubernetes 1.20                  | --kubernetes: "1.20" does not go with Istio "1.31"; leave it out
        """)
    void refuses_what_is_wrong_in_a_sentence(String options, String told) {
        assertThat(run(options, COMMON)).isEqualTo(2);
        assertThat(terminal.err()).contains(told);
        assertThat(home.resolve("environments/shop.yaml")).doesNotExist();
    }

    @Test
    void overwrites_nothing_and_takes_no_wrong_name() {
        assertThat(terminal.run("init", "homelab", "--platform", "onPremises")).isEqualTo(2);
        assertThat(terminal.run("init", "Home_lab")).isEqualTo(2);
        assertThat(terminal.err())
                .contains(
                        "NAME: \"%s\" exists; choose another name".formatted(home.resolve("environments/homelab.yaml")))
                .contains("NAME: \"Home_lab\" is not valid");
    }

    @Test
    void copies_an_environment_with_other_names_and_its_comments() throws IOException {
        assertThat(terminal.run(
                        "init",
                        "homelab-dev",
                        "--from",
                        "homelab",
                        "--host",
                        "jiminhome.shop=dev.jiminhome.shop",
                        "--address",
                        "192.168.1.201"))
                .as(terminal.err())
                .isZero();

        String copy = Files.readString(home.resolve("environments/homelab-dev.yaml"));
        assertThat(copy)
                .contains("metadata: {name: homelab-dev, ")
                .contains("hosts: [\"*.dev.jiminhome.shop\"]", "{host: blog.dev.jiminhome.shop, prefix: /api}")
                .contains("address: 192.168.1.201", "addresses: [192.168.1.201/32]")
                .contains("grafana: monitoring.dev.jiminhome.shop", "host: argocd.dev.jiminhome.shop")
                .contains("email: admin@jiminhome.shop", "repository: https://github.com/jiminhome/platform.git");
        assertThat(Arrays.stream(copy.split("\n")).filter(line -> line.strip().startsWith("#")))
                .containsExactlyElementsOf(Fixtures.file("homelab")
                        .lines()
                        .filter(line -> line.strip().startsWith("#"))
                        .toList());
        Reading<Environment> reading = EnvironmentReader.read(
                "homelab-dev.yaml", Files.readAllBytes(home.resolve("environments/homelab-dev.yaml")));
        assertThat(reading).isInstanceOf(Reading.Accepted.class);
    }

    @Test
    void asks_for_names_that_cannot_be_guessed() {
        assertThat(terminal.run("init", "homelab-dev", "--from", "homelab")).isEqualTo(2);
        assertThat(terminal.err())
                .startsWith("meshwright init: --host jiminhome.shop=NEW (for *.jiminhome.shop, argocd.jiminhome.shop, ")
                .contains(", --address: are not given; ");
        assertThat(terminal.run("init", "homelab-dev", "--from", "nobody")).isEqualTo(2);
        assertThat(terminal.err()).contains("--from: \"nobody\" has no file in");
        assertThat(home.resolve("environments/homelab-dev.yaml")).doesNotExist();
    }

    private int run(String options, String... more) {
        return terminal.run(Stream.of(
                        Stream.of("init", "shop"),
                        Arrays.stream(options.strip().split(" +")).filter(word -> !word.isEmpty()),
                        Arrays.stream(more))
                .flatMap(words -> words)
                .toArray(String[]::new));
    }
}

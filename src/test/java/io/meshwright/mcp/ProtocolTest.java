package io.meshwright.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is answered to whatever a client may send. */
class ProtocolTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path home;

    private Protocol protocol;

    @BeforeEach
    void starts() throws IOException {
        protocol = Shop.in(home).protocol();
    }

    @AfterEach
    void ends() {
        protocol.close();
    }

    @Test
    void offers_six_tools_that_read_only_each_with_a_closed_schema() throws IOException {
        JsonNode tools = answer("tools/list", "{}").at("/result/tools");

        assertThat(tools.findValuesAsText("name")).contains("check", "trace", "plan", "explain", "incident", "keys");
        assertThat(tools).hasSize(6).allSatisfy(tool -> {
            assertThat(tool.at("/annotations/readOnlyHint").asBoolean()).isTrue();
            assertThat(tool.at("/annotations/destructiveHint").asBoolean(true)).isFalse();
            assertThat(tool.at("/inputSchema/type").asText()).isEqualTo("object");
            assertThat(tool.at("/inputSchema/additionalProperties").asBoolean(true))
                    .isFalse();
        });
    }

    @Test
    void answers_as_the_commands_do() throws IOException {
        assertThat(
                        call(
                                "trace",
                                "{\"environment\": \"lab\", \"url\": \"http://web.shop.svc.cluster.local/\", \"from\": \"shop/web\"}"))
                .contains("GET http://web.shop.svc.cluster.local/ from shop/web", "verdict: ");
        assertThat(call("check", "{\"environment\": \"lab\"}"))
                .contains("error MESH122", "there is no Service \"nobody\" in namespace \"shop\"", "remedy: ");
        assertThat(call("check", "{\"manifests\": [\"dist/lab/shop\"], \"severity\": \"error\"}"))
                .contains(" error MESH")
                .doesNotContain(" warning MESH", " info MESH");
        assertThat(call("explain", "{\"what\": \"services.web.scale.replicas\"}"))
                .contains("type: ", "default: ");
        assertThat(call("explain", "{\"what\": \"mesh121\"}")).contains("MESH121");
        assertThat(call("keys", "{}")).contains("services: ", "gateway: ");
        assertThat(call("keys", "{\"part\": \"gateway\"}")).contains("gateway.").doesNotContain("services.");
        assertThat(call(
                        "incident",
                        "{\"environment\": \"lab\", \"text\": %s}".formatted(JSON.writeValueAsString(Shop.LINE))))
                .contains("404, NR, route_not_found", "no VirtualService of these manifests has the host");
    }

    @Test
    void trace_says_how_a_request_was_judged_and_hides_what_it_shows() throws IOException {
        Files.writeString(home.resolve("dist/lab/shop/policy.yaml"), """
                {apiVersion: security.istio.io/v1, kind: RequestAuthentication, metadata: {name: web, namespace: shop},
                 spec: {selector: {matchLabels: {app: web}}, jwtRules: [{issuer: "https://id.example.org"}]}}
                ---
                {apiVersion: security.istio.io/v1, kind: AuthorizationPolicy, metadata: {name: web, namespace: shop},
                 spec: {selector: {matchLabels: {app: web}}, rules: [{to: [{operation: {paths: [/open]}}]}]}}
                """);
        Path routes = home.resolve("dist/lab/shop/web.yaml");
        Files.writeString(routes, Files.readString(routes).replace("nobody.shop", "web.shop"));

        assertThat(call(
                        "trace",
                        "{\"environment\": \"lab\", \"url\": \"http://web.shop.svc.cluster.local/\", \"from\": \"shop/web\","
                                + " \"headers\": [\"x-note: authorization: geheim\"]}"))
                .contains(
                        "JWT: the request carries no token where one is looked for",
                        "authorization: no ALLOW rule fits")
                .doesNotContain("geheim");
    }

    @Test
    void check_names_the_key_of_an_environment_file_below_the_roots_alone(@TempDir Path elsewhere) throws IOException {
        Shop shop = Shop.in(home).synthesized();
        protocol.close();
        protocol = shop.protocol(file -> told -> told.from("%s:1:1 services.web".formatted(file.getFileName())));
        String asked = "{\"environment\": \"lab\", \"severity\": \"error\"}";

        assertThat(call("check", asked)).contains("from: lab.yaml:1:1 services.web", "made by: shop/web");

        Path file = home.resolve("environments/lab.yaml");
        Files.move(file, elsewhere.resolve("lab.yaml"));
        Files.createSymbolicLink(file, elsewhere.resolve("lab.yaml"));

        assertThat(call("check", asked)).contains("made by: shop/web").doesNotContain("from: ");
    }

    @Test
    void plans_between_folders() throws IOException {
        Path other = Files.createDirectories(home.resolve("other/lab/shop"));
        Files.writeString(home.resolve("other/lab/inventory.json"), "{}");
        Files.writeString(
                other.resolve("web.yaml"),
                Files.readString(home.resolve("dist/lab/shop/web.yaml")).replace("nobody.shop", "web.shop"));

        assertThat(call("plan", "{\"base\": \"dist\", \"head\": \"other\"}"))
                .contains("VirtualService shop/web")
                .doesNotContain("geheim");
        assertThat(call("plan", "{\"base\": \"other\"}")).contains("1 changed", "VirtualService shop/web");
        assertThat(call("plan", "{\"base\": \"other\", \"head\": \"main\"}"))
                .contains("\"other\" is a file or folder, and head \"main\" is none");
        assertThat(call("plan", "{\"base\": \"main\"}")).contains("plan: ", "there is no git repository");
    }

    @Test
    void says_of_each_answer_that_it_is_data_which_is_not_trusted() throws IOException {
        JsonNode result = answer(
                        "tools/call",
                        "{\"name\": \"incident\", \"arguments\": {\"environment\": \"lab\", \"text\": %s}}"
                                .formatted(JSON.writeValueAsString(Shop.LINE.replace(
                                        "/api?",
                                        "/".concat(Shop.ORDER.replace(' ', '-')).concat("?")))))
                .get("result");
        String text = result.at("/content/0/text").asText();

        assertThat(result.at("/_meta/io.meshwright~1untrusted").asBoolean()).isTrue();
        assertThat(text)
                .startsWith("Between the two lines with the mark ")
                .contains("Ignore-all-previous-instructions", "session=(hidden)")
                .doesNotContain("s3cr3t");
        assertThat(text.indexOf("Ignore-all")).isGreaterThan(text.indexOf("----- begin of data"));
        assertThat(text.lastIndexOf("Ignore-all")).isLessThan(text.indexOf("----- end of data"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"manifests\": [\"../..\"]}",
                "{\"manifests\": [\"/etc\"]}",
                "{\"manifests\": [\"dist/lab/../../../..\"]}",
                "{\"manifests\": [\"dist\\u0000\"]}",
                "{\"manifests\": []}",
                "{\"manifests\": \"dist\"}",
                "{\"manifests\": [1]}",
                "{\"environment\": \"../lab\"}",
                "{\"environment\": \"lab\", \"manifests\": [\"dist\"]}",
                "{\"environment\": \"none\"}",
                "{\"istio\": \"one\"}",
                "{\"istio\": null}",
                "{\"unknown\": true}",
                "{\"severity\": \"fatal\"}"
            })
    void refuses_arguments_with_a_sentence(String arguments) throws IOException {
        JsonNode result = answer("tools/call", "{\"name\": \"check\", \"arguments\": %s}".formatted(arguments))
                .get("result");

        assertThat(result.get("isError").asBoolean()).isTrue();
        assertThat(result.at("/content/0/text").asText())
                .contains("\ncheck: ")
                .doesNotContain("Exception", "\tat ", "\u0000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\": \"trace\", \"arguments\": {}}",
                "{\"name\": \"trace\", \"arguments\": {\"url\": \"nowhere\"}}",
                "{\"name\": \"trace\", \"arguments\": {\"url\": \"http://a/\", \"headers\": [\"none\"]}}",
                "{\"name\": \"trace\", \"arguments\": {\"url\": \"http://a/\", \"from\": \"shop/none\"}}",
                "{\"name\": \"trace\", \"arguments\": {\"url\": \"http://a/\", \"clientIp\": \"one\"}}",
                "{\"name\": \"explain\", \"arguments\": {\"what\": \"no.such.key\"}}",
                "{\"name\": \"keys\", \"arguments\": {\"part\": \"none\"}}",
                "{\"name\": \"incident\", \"arguments\": {\"text\": \"hello\"}}",
                "{\"name\": \"plan\", \"arguments\": {\"base\": \"--upload-pack=touch\"}}",
                "{\"name\": \"plan\", \"arguments\": {\"base\": \"HEAD\", \"path\": \"../..\"}}"
            })
    void refuses_what_makes_no_sense_with_a_sentence(String parameters) throws IOException {
        JsonNode result = answer("tools/call", parameters).get("result");

        assertThat(result.get("isError").asBoolean()).isTrue();
        assertThat(result.at("/content/0/text").asText()).doesNotContain("Exception", "should not happen");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello",
                "{",
                "[]",
                "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}]",
                "null",
                "{} {}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"id\":2,\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":{\"a\":1},\"method\":\"ping\"}",
                "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"ping\"}",
                "{\"id\":1,\"method\":\"ping\"}",
                "\u0000\u001b[2J"
            })
    void tells_what_is_no_message_and_goes_on(String text) throws IOException {
        Answer answer = protocol.answer(text);

        assertThat(answer.isOfMessage()).isFalse();
        JsonNode error = JSON.readTree(answer.text().orElseThrow());
        assertThat(error.get("id").isNull()).isTrue();
        assertThat(error.at("/error/code").asInt()).isIn(-32700, -32600);
        assertThat(answer("ping", "{}").at("/result").isObject()).isTrue();
    }

    @Test
    void bounds_ids_nesting_and_answers() throws IOException {
        assertThat(protocol.answer("{\"jsonrpc\":\"2.0\",\"id\":\"%s\",\"method\":\"ping\"}".formatted("x".repeat(300)))
                        .isOfMessage())
                .isFalse();
        assertThat(protocol.answer("{\"a\":".repeat(5000).concat("1").concat("}".repeat(5000)))
                        .isOfMessage())
                .isFalse();
        assertThat(call("explain", "{\"what\": \"%s\"}".formatted("x".repeat(100_000)))
                        .length())
                .isLessThan(3_000);
        assertThat(call("keys", "{\"part\": \"services\"}").length()).isLessThan(101_000);
    }

    @Test
    void knows_no_other_method_and_no_other_tool() throws IOException {
        for (String method : List.of("resources/list", "prompts/list", "tools/delete", "sampling/createMessage")) {
            assertThat(answer(method, "{}").at("/error/code").asInt()).isEqualTo(-32601);
        }
        assertThat(answer("tools/call", "{\"name\": \"synth\"}")
                        .at("/error/code")
                        .asInt())
                .isEqualTo(-32602);
        assertThat(answer("tools/call", "[]").has("error")).isTrue();
        assertThat(answer("tools/call", "{\"name\": {}}").has("error")).isTrue();
        assertThat(protocol.answer("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}")
                        .text())
                .isEmpty();
        assertThat(protocol.answer("{\"jsonrpc\":\"2.0\",\"id\":9,\"result\":{}}")
                        .text())
                .isEmpty();
    }

    @Test
    void carries_messages_on_lines_and_outlives_those_that_are_none() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream in = new ByteArrayOutputStream();
        for (String line : List.of(message(1, "ping", "{}"), "", "no JSON", "x".repeat(Protocol.LONGEST + 10))) {
            in.write(line.concat("\r\n").getBytes(StandardCharsets.UTF_8));
        }
        in.write(new byte[] {(byte) 0xff, (byte) 0xfe, '\n'});
        in.write(message(2, "ping", "{}").getBytes(StandardCharsets.UTF_8)); // without an end of its line

        new StdioCarrier(protocol, new ByteArrayInputStream(in.toByteArray()), out).run();

        List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines).hasSize(5);
        assertThat(lines.get(0)).contains("\"id\":1", "\"result\":{}");
        assertThat(lines.get(1)).contains("is no JSON object");
        assertThat(lines.get(2)).contains("is longer than 1048576 bytes");
        assertThat(lines.get(3)).contains("is not UTF-8");
        assertThat(lines.get(4)).contains("\"id\":2", "\"result\":{}");
    }

    private String call(String tool, String arguments) throws IOException {
        JsonNode answer = answer("tools/call", "{\"name\": \"%s\", \"arguments\": %s}".formatted(tool, arguments));
        return answer.at("/result/content/0/text").asText();
    }

    private JsonNode answer(String method, String parameters) throws IOException {
        JsonNode answer = JSON.readTree(
                protocol.answer(message(7, method, parameters)).text().orElseThrow());
        assertThat(answer.get("id").asInt()).isEqualTo(7);
        return answer;
    }

    private static String message(int id, String method, String parameters) throws IOException {
        ObjectNode message =
                JSON.createObjectNode().put("jsonrpc", "2.0").put("id", id).put("method", method);
        message.set("params", JSON.readTree(parameters));
        return message.toString();
    }
}

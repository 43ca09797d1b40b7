package io.meshwright.environment.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BadInputTest {
    /** Each line is put below the smallest fleet; the answer leaves out the file's name. */
    static Stream<Arguments> lines() {
        return Stream.of(
                Arguments.of("hots: [a]", "4:1 hots: is unknown; write \"hosts\""),
                Arguments.of(
                        "zzz: 1",
                        "4:1 zzz: is unknown; remove it, or use one of name, version, yard, mode, ships, hosts, until,"
                                + " extras, flag, rank, sails, draught and 1 more"),
                Arguments.of("name: b", "4:1 name: is given twice, first in line 1; keep one of them"),
                Arguments.of(
                        "mode: easygoing",
                        "4:7 mode: \"easygoing\" is unknown; write \"easy-going\" (known: STRICT, easy-going)"),
                Arguments.of(
                        "mode: off",
                        "4:7 mode: \"off\" is a yes-or-no value; put it in quotes to mean the text: \"off\""),
                Arguments.of(
                        "extras: {a: #b}",
                        "4:13: \"#b}\" is a comment, and the bracket in it closes nothing; put a text that begins with #"
                                + " in quotes"),
                Arguments.of("mode:", "4:6 mode: has no value; give one or remove the key"),
                Arguments.of("mode: ~", "4:7 mode: has no value; give one or remove the key"),
                Arguments.of(
                        "hosts: a.b",
                        "4:8 hosts: \"a.b\" is a text; give a list: [a, b], or a line with a dash for each entry"),
                Arguments.of(
                        "hosts: {a: 1}",
                        "4:1 hosts: is a mapping; give a list: [a, b], or a line with a dash for each entry"),
                Arguments.of(
                        "hosts: [a, 1.30]",
                        "4:12 hosts[1]: \"1.30\" is not valid; give a lower-case DNS name such as blog.example.org,"
                                + " *.example.org or \"*\""),
                Arguments.of("hosts: [a, [b]]", "4:12 hosts[1]: is a list; give a text"),
                Arguments.of(
                        "hosts: [A]",
                        "4:9 hosts[0]: \"A\" is not valid; give a lower-case DNS name such as blog.example.org,"
                                + " *.example.org or \"*\""),
                Arguments.of("ships: [a]", "4:1 ships: is a list; give a mapping of keys to values"),
                Arguments.of(
                        "ships: {A: {port: 1}}",
                        "4:9 ships.A: \"A\" is not valid; give a name of lower-case letters, digits and dashes such as"
                                + " web-1"),
                Arguments.of(
                        "ships: {8: {port: 1}}",
                        "4:9 ships.8: \"8\" is a number; put it in quotes to mean the text: \"8\""),
                Arguments.of(
                        "ships: {[a]: {port: 1}}", "4:9 ships: has a list or a mapping as a key; give a text as key"),
                Arguments.of(
                        "ships: {a: {port: 1}, a: {port: 2}}",
                        "4:23 ships.a: is given twice, first in line 4; keep one of them"),
                Arguments.of("ships: {a: {}}", "4:9 ships.a.port: is missing; add it"),
                Arguments.of(
                        "ships: {a: {prot: 1}}",
                        "4:13 ships.a.prot: is unknown; write \"port\" (known: port, load, host, callers, limits,"
                                + " repair)"),
                Arguments.of(
                        "ships: {a: {port: 0}}",
                        "4:19 ships.a.port: \"0\" is not between 1 and 65535; give a number from 1 to 65535"),
                Arguments.of(
                        "ships: {a: {port: 80.0}}",
                        "4:19 ships.a.port: \"80.0\" is not a plain whole number; give a whole number such as 3"),
                Arguments.of(
                        "ships: {a: {port: 010}}",
                        "4:19 ships.a.port: \"010\" is not a plain whole number; give a whole number such as 3"),
                Arguments.of(
                        "ships: {a: {port: 0x1F}}",
                        "4:19 ships.a.port: \"0x1F\" is not a plain whole number; give a whole number such as 3"),
                Arguments.of(
                        "ships: {a: {port: \"80\"}}",
                        "4:19 ships.a.port: \"80\" is a text; give a whole number such as 3 without quotes"),
                Arguments.of(
                        "ships: {a: {port: 99999999999}}",
                        "4:19 ships.a.port: \"99999999999\" is out of range; give a whole number from -2147483648 to"
                                + " 2147483647"),
                Arguments.of(
                        "ships: {a: {port: 1, load: 101}}",
                        "4:28 ships.a.load: \"101\" is not between 0 and 100; give a number from 0 to 100"),
                Arguments.of(
                        "ships: {a: {port: 1, callers: [G]}}",
                        "4:32 ships.a.callers[0]: \"G\" is not valid; give a name of lower-case letters, digits and"
                                + " dashes such as web-1"),
                Arguments.of(
                        "ships: {a: {port: 1, limits: {request: 2Gi, limit: 1Gi}}}",
                        "4:31 ships.a.limits.request: \"2Gi\" is over the limit \"1Gi\"; raise the limit"),
                Arguments.of(
                        "ships: {a: {port: 1, limits: {limit: 1Gi}}}",
                        "4:22 ships.a.limits.request: is missing beside a limit; add it"),
                Arguments.of(
                        "ships: {a: {port: 1, host: b.c}}",
                        "4:22 ships.a.host: \"b.c\" is covered by no host of the fleet; add it to hosts"),
                Arguments.of(
                        "ships: {a: {port: 1, repair: {days: 1}}}",
                        "4:22 ships.a.repair.by: is missing; give one of self"),
                Arguments.of(
                        "ships: {a: {port: 1, repair: self}}",
                        "4:30 ships.a.repair: \"self\" is a text; give a mapping of keys to values"),
                Arguments.of(
                        "flag: no", "4:7 flag: \"no\" is a yes-or-no value; put it in quotes to mean the text: \"no\""),
                Arguments.of("flag: nor", "4:7 flag: \"nor\" is not valid; give two capital letters"),
                Arguments.of("rank: 10", "4:7 rank: \"10\" is not between 1 and 9; give a number from 1 to 9"),
                Arguments.of("rank: three", "4:7 rank: \"three\" is a text; give a whole number such as 3"),
                Arguments.of("sails: yes", "4:8 sails: \"yes\" is a yes-or-no value; give true or false"),
                Arguments.of("sails: \"true\"", "4:8 sails: \"true\" is a text; give true or false without quotes"),
                Arguments.of(
                        "draught: .inf", "4:10 draught: \".inf\" is not a decimal number; give a number such as 0.5"),
                Arguments.of("draught: 1e999", "4:10 draught: is too large; give a smaller number"),
                Arguments.of(
                        "tonnage: 1_000",
                        "4:10 tonnage: \"1_000\" is not a plain whole number; give a whole number such as 3"),
                Arguments.of(
                        "until: 2027-02-30",
                        "4:8 until: \"2027-02-30\" is not in the calendar; give a day such as 2027-03-31"),
                Arguments.of(
                        "extras: {a: 1.30}",
                        "4:13 extras.a: \"1.30\" would become 1.3; put it in quotes to mean the text, or write the"
                                + " number so"),
                Arguments.of("extras: {a: on}", "4:13 extras.a: \"on\" is a yes-or-no value; give true or false"),
                Arguments.of("extras: {a: }", "4:12 extras.a: has no value; give one or remove the key"),
                Arguments.of(
                        "extras: {a.b: {c: ~}}", "4:19 extras[\"a.b\"].c: has no value; give one or remove the key"),
                Arguments.of(
                        "extras: {<<: 1, <<: 2}", "4:17 extras.<<: is given twice, first in line 4; keep one of them"),
                Arguments.of("flag: &a NO", "4:7: anchor \"a\" is not supported; remove it"),
                Arguments.of("flag: *a", "4:7: alias \"a\" is not supported; write the value out"),
                Arguments.of("flag: !!str NO", "4:7: tag \"tag:yaml.org,2002:str\" is not supported; remove it"),
                Arguments.of("flag: !x NO", "4:7: tag \"!x\" is not supported; remove it"),
                Arguments.of("---\na: 1", "4:1: a second document begins; keep one document in the file"),
                Arguments.of(
                        "flag: [",
                        "5:1: expected the node content, but found '<stream end>' (while parsing a flow node); correct"
                                + " the YAML here"),
                Arguments.of("a: b: c", "4:5: mapping values are not allowed here; correct the YAML here"),
                Arguments.of(
                        "ships:\n\ta: 1",
                        "5:1: found character '\\t(TAB)' that cannot start any token. (Do not use \\t(TAB) for"
                                + " indentation) (while scanning for the next token); indent with spaces"),
                Arguments.of(
                        "flag: \u0007",
                        "4:7: character U+0007 is not allowed in YAML; remove it or write it as an escape in double"
                                + " quotes"));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void says_where_and_what_is_wrong_and_what_to_write(String line, String problem) {
        assertThat(problems(FleetFiles.SMALLEST + line + "\n")).containsExactly(problem);
    }

    @Test
    void reports_every_problem_of_a_file_in_its_order() {
        assertThat(problems("""
            vesion: 1.30
            yard:
              type: doc
            ships:
              a:
                port: x
                load: -1
              B: {port: 1, hosts: a}
            rank: 0
            """))
                .containsExactly(
                        "1:1 name: is missing; add it",
                        "1:1 vesion: is unknown; write \"version\"",
                        "3:9 yard.type: \"doc\" is unknown; write \"dock\" (known: dock, slip)",
                        "6:11 ships.a.port: \"x\" is a text; give a whole number such as 3",
                        "7:11 ships.a.load: \"-1\" is not between 0 and 100; give a number from 0 to 100",
                        "8:3 ships.B: \"B\" is not valid; give a name of lower-case letters, digits and dashes such as"
                                + " web-1",
                        "8:16 ships.B.hosts: is unknown; write \"host\" (known: port, load, host, callers, limits,"
                                + " repair)",
                        "9:7 rank: \"0\" is not between 1 and 9; give a number from 1 to 9");
    }

    @Test
    void reports_every_refusal_of_a_record_that_sees_several_at_once() {
        assertThat(problems(FleetFiles.SMALLEST + """
            ships:
              a: {port: 1, host: x.a}
              b:
                host: x.b
                port: 2
            """))
                .containsExactly(
                        "5:16 ships.a.host: \"x.a\" is covered by no host of the fleet; add it to hosts",
                        "7:5 ships.b.host: \"x.b\" is covered by no host of the fleet; add it to hosts");
    }

    @Test
    void names_the_kinds_that_there_are() {
        String head = "name: a\nversion: 1.30.5\n";

        assertThat(problems(head + "yard: {type: beach}"))
                .containsExactly("3:14 yard.type: \"beach\" is unknown; use one of dock, slip");
        assertThat(problems(head + "yard: {steep: true}"))
                .containsExactly("3:1 yard.type: is missing; give one of dock, slip");
        assertThat(problems(head + "yard: {typ: dock}"))
                .containsExactly("3:8 yard.typ: is unknown; write \"type\" and give one of dock, slip");
        assertThat(problems(head + "yard: {type: slip}")).containsExactly("3:1 yard.steep: is missing; add it");
        assertThat(problems(head + "yard: {type: slip, steep: true, cpu: 1}"))
                .containsExactly("3:33 yard.cpu: is unknown; remove it, or use one of steep; it goes with type: dock");
    }

    @Test
    void refuses_a_version_that_would_lose_a_digit() {
        assertThat(problems("name: a\nversion: 1.30\nyard: {type: slip, steep: true}"))
                .containsExactly("2:10 version: \"1.30\" is a number; put it in quotes to mean the text: \"1.30\"");
    }

    @Test
    void refuses_an_empty_file() {
        for (String empty : List.of("", "\n\n", "# only words\n", "---\n", "~", "null")) {
            assertThat(problems(empty)).containsExactly("1:1: the file is empty; write its keys");
        }
    }

    @Test
    void refuses_a_file_that_is_no_mapping() {
        assertThat(problems("- a")).containsExactly("1:1: is a list; give a mapping of keys to values");
    }

    @Test
    void refuses_what_is_not_utf_8() {
        assertThat(problems("name: a\nflag: \u00e4\n".getBytes(StandardCharsets.ISO_8859_1)))
                .containsExactly("2:7: byte 14 (0xe4) is not UTF-8; save the file as UTF-8");
        assertThat(problems("a: 1".getBytes(StandardCharsets.UTF_16)))
                .containsExactly("1:1: byte 0 (0xfe) is not UTF-8; save the file as UTF-8");
        assertThat(problems(new byte[] {'a', ':', ' ', (byte) 0xe2, (byte) 0x82}))
                .containsExactly("1:4: byte 3 (0xe2) is not UTF-8; save the file as UTF-8");
    }

    @Test
    void refuses_what_is_too_large_or_too_deep() {
        assertThat(problems("a".repeat(1 << 21)))
                .containsExactly("1:1: the file has 2097152 bytes; give at most 1048576");
        assertThat(problems("a: " + "[".repeat(1000) + "]".repeat(1000)))
                .singleElement()
                .asString()
                .contains("cannot be read")
                .endsWith("; nest or write less");
    }

    @Test
    void refuses_directives() {
        assertThat(problems("%YAML 1.1\n---\n" + FleetFiles.SMALLEST))
                .containsExactly(
                        "1:1: a YAML directive stands before the document; remove the line that begins with %");
    }

    private static List<String> problems(String yaml) {
        return problems(yaml.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> problems(byte[] bytes) {
        Reading<Fleet> reading = RecordReader.read("fleet.yaml", bytes, Fleet.class);
        assertThat(reading).isInstanceOf(Reading.Refused.class);
        return ((Reading.Refused<Fleet>) reading)
                .problems().stream()
                        .map(problem -> problem.toString().replaceFirst("^fleet.yaml:", ""))
                        .toList();
    }
}

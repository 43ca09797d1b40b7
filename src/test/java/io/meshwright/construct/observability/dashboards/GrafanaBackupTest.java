package io.meshwright.construct.observability.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.construct.observability.program.Program;
import io.meshwright.construct.observability.program.Program.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the script itself, on a database with the tables of Grafana that it reads. */
class GrafanaBackupTest {
    private static final String GRAFANA = """
      import sqlite3, sys
      c = sqlite3.connect(sys.argv[1])
      c.execute("PRAGMA journal_mode=WAL")
      c.execute("CREATE TABLE dashboard (uid TEXT, title TEXT, is_folder INT, data BLOB)")
      columns = ("uid", "name", "type", "url", "json_data", "secure_json_data")
      c.execute("CREATE TABLE data_source (" + ", ".join(columns) + ")")
      c.execute("CREATE TABLE resource (\\"group\\" TEXT, resource TEXT, name TEXT, value TEXT)")
      c.execute("INSERT INTO dashboard VALUES ('mine', 'Mine', 0, ?)", (b'{"title": "Mine"}',))
      c.execute("INSERT INTO dashboard VALUES ('folder', 'Folder', 1, '{}')")
      c.execute("INSERT INTO resource VALUES ('dashboard.grafana.app', 'dashboards', 'newer', '{\\"a\\": 1}')")
      c.execute("INSERT INTO data_source VALUES ('p', 'Prometheus', 'prometheus', 'http://p', '{}', 'top secret')")
      c.commit()
      """;

    @TempDir
    private Path folder;

    private Program python;
    private Path database;

    @BeforeEach
    void grafana_has_written_something() throws Exception {
        python = Program.of("python3");
        database = folder.resolve("grafana.db");
        Files.createDirectory(folder.resolve("backups"));
        Files.writeString(folder.resolve("script.py"), GrafanaBackup.script());
        assertThat(run("-c", GRAFANA, database.toString()).exit()).isZero();
    }

    @Test
    void an_archive_holds_the_database_and_what_people_can_read() throws Exception {
        backup(14);

        Answer names = run(
                "-c",
                "import sys, tarfile; t = tarfile.open(sys.argv[1]); print(*sorted(t.getnames()))",
                newest().toString());
        Answer sources = run(
                "-c",
                "import sys, tarfile; print(tarfile.open(sys.argv[1]).extractfile('datasources.json').read())",
                newest().toString());

        assertThat(names.output().strip())
                .isEqualTo("dashboards dashboards/mine.json dashboards/newer.json datasources.json grafana.db");
        assertThat(sources.output()).contains("http://p").doesNotContain("top secret");
    }

    @Test
    void only_the_newest_archives_stay() throws Exception {
        for (int i = 0; i < 4; i++) {
            backup(2);
        }

        try (Stream<Path> left = Files.list(folder.resolve("backups"))) {
            assertThat(left).hasSize(2);
        }
    }

    @Test
    void what_was_lost_is_back_after_a_restore() throws Exception {
        backup(14);
        assertThat(sql("DELETE FROM dashboard")).isEmpty();

        Answer restored = script("restore", "--backups=%s".formatted(folder.resolve("backups")));
        Answer placed = Program.of("sh")
                .run(folder, "-c", GrafanaBackup.putInPlace().get(2).replace(GrafanaConfig.DATA, folder.toString()));

        assertThat(restored.exit()).as(restored.output()).isZero();
        assertThat(placed.output()).contains("in place");
        assertThat(sql("SELECT uid FROM dashboard")).contains("mine");
        assertThat(folder.resolve("grafana.db.before-restore")).exists();
        assertThat(folder.resolve("grafana.db.restore")).doesNotExist();
    }

    @Test
    void an_archive_that_is_not_there_is_refused_with_those_that_are() throws Exception {
        backup(14);

        Answer answer =
                script("restore", "--backups=%s".formatted(folder.resolve("backups")), "--archive=grafana-1.tar.gz");

        assertThat(answer.exit()).isEqualTo(1);
        assertThat(answer.output())
                .contains("grafana-1.tar.gz: no such archive; take one of: %s".formatted(newest().getFileName()))
                .doesNotContain("Traceback");
    }

    private void backup(int keep) throws Exception {
        Answer answer =
                script("backup", "--backups=%s".formatted(folder.resolve("backups")), "--keep=%d".formatted(keep));
        assertThat(answer.exit()).as(answer.output()).isZero();
    }

    private Answer script(String action, String... options) throws Exception {
        return run(Stream.concat(
                        Stream.of(folder.resolve("script.py").toString(), action, "--database=%s".formatted(database)),
                        Stream.of(options))
                .toArray(String[]::new));
    }

    private String sql(String statement) throws Exception {
        return run(
                        "-c",
                        "import sqlite3, sys\nc = sqlite3.connect(sys.argv[1])\n"
                                + "print(*c.execute(sys.argv[2]).fetchall(), end='')\nc.commit()",
                        database.toString(),
                        statement)
                .output();
    }

    private Path newest() throws IOException {
        try (Stream<Path> archives = Files.list(folder.resolve("backups"))) {
            return archives.sorted().reduce((a, b) -> b).orElseThrow();
        }
    }

    private Answer run(String... arguments) throws Exception {
        return python.run(folder, List.of(arguments).toArray(String[]::new));
    }
}

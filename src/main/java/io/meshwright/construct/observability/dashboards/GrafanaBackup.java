package io.meshwright.construct.observability.dashboards;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The script that copies Grafana's database and puts a copy back, and the commands that run it. */
public final class GrafanaBackup {
    /** Mount path of the backups' volume. */
    public static final String BACKUPS = "/backups";

    /** Mount path of the script. */
    public static final String SCRIPTS = "/scripts";

    /** Name of the script's file. */
    public static final String SCRIPT = "grafana_backup.py";

    /** Variable that names the archive to put back; empty: the newest. */
    public static final String ARCHIVE = "ARCHIVE";

    private static final String DATABASE = "%s/grafana.db".formatted(GrafanaConfig.DATA);

    private GrafanaBackup() {}

    public static String script() {
        try (InputStream script = GrafanaBackup.class.getResourceAsStream(SCRIPT)) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be read".formatted(SCRIPT), e);
        }
    }

    /** Writes an archive and removes the oldest beyond {@code keep}. */
    public static List<String> backup(int keep) {
        return List.of(
                "python3",
                "%s/%s".formatted(SCRIPTS, SCRIPT),
                "backup",
                "--database=%s".formatted(DATABASE),
                "--backups=%s".formatted(BACKUPS),
                "--keep=%d".formatted(keep));
    }

    /** Lays the database of an archive beside Grafana's. */
    public static List<String> restore() {
        return List.of(
                "python3",
                "%s/%s".formatted(SCRIPTS, SCRIPT),
                "restore",
                "--database=%s".formatted(DATABASE),
                "--backups=%s".formatted(BACKUPS));
    }

    /**
     * Run before Grafana starts: puts a database in place that {@link #restore} has laid beside it, and keeps the old
     * one.
     */
    public static List<String> putInPlace() {
        return List.of("sh", "-c", """
        if [ -f %1$s.restore ]; then
          if [ -f %1$s ]; then mv %1$s %1$s.before-restore; fi
          rm -f %1$s-wal %1$s-shm %1$s-journal
          mv %1$s.restore %1$s
          echo "the database of the archive is in place"
        fi
        """.formatted(DATABASE));
    }
}

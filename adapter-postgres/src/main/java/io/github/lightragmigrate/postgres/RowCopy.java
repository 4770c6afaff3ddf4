package io.github.lightragmigrate.postgres;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** COPY FROM STDIN in the binary format (PostgreSQL documentation, COPY, "Binary Format"). */
final class RowCopy {

  private static final byte[] HEADER = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
  };
  private static final byte[] END = {(byte) 0xFF, (byte) 0xFF};
  private static final int JSONB_VERSION = 1;

  /** Timestamps count microseconds from 2000 on. */
  private static final long EPOCH_SECONDS = 946_684_800L;

  private static final Set<String> TEXT = Set.of("character varying", "text");
  private static final Set<String> TIME =
      Set.of("timestamp without time zone", "timestamp with time zone");

  /** Other types have other binary forms. */
  private static final Map<String, Set<String>> TYPES =
      Map.of(
          "workspace", TEXT,
          "id", TEXT,
          "original_prompt", TEXT,
          "return_value", TEXT,
          "chunk_id", TEXT,
          "cache_type", TEXT,
          "queryparam", Set.of("jsonb"),
          "create_time", TIME,
          "update_time", TIME);

  private static final String COPY =
      "COPY lightrag_llm_cache (workspace, id, original_prompt, return_value, chunk_id, cache_type,"
          + " queryparam, create_time, update_time) FROM STDIN WITH (FORMAT binary)";

  /** "triggered_data_change_violation": not worth an INSERT, whose rows are dropped as well. */
  static final String DROPPED_BY_TRIGGER = "27000";

  private final byte[] workspace;

  private RowCopy(String workspace) {
    this.workspace = workspace.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Empty when the table's columns are not LightRAG's, and when it has no unique key: COPY would
   * add a second row of a key then.
   */
  static Optional<RowCopy> into(CacheTable table, String workspace) {
    boolean fits =
        table.isKeyed()
            && TYPES.entrySet().stream()
                .allMatch(
                    column ->
                        column
                            .getValue()
                            .contains(table.columns().getOrDefault(column.getKey(), "")));
    return fits ? Optional.of(new RowCopy(workspace)) : Optional.empty();
  }

  void write(Connection connection, List<CacheRow> rows) throws SQLException {
    CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(COPY);
    try {
      write(copy, HEADER);
      for (CacheRow row : rows) {
        write(copy, tuple(row));
      }
      write(copy, END);
      long taken = copy.endCopy();
      if (taken != rows.size()) {
        throw new SQLException(
            "the server took " + taken + " of " + rows.size() + " rows", DROPPED_BY_TRIGGER);
      }
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  private static void write(CopyIn copy, byte[] bytes) throws SQLException {
    copy.writeToCopy(bytes, 0, bytes.length);
  }

  private byte[] tuple(CacheRow row) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(size(row));
    out.writeBytes(ByteBuffer.allocate(Short.BYTES).putShort((short) TYPES.size()).array());
    field(out, workspace);
    field(out, utf8(row.id()));
    field(out, row.originalPrompt() == null ? null : row.originalPrompt().utf8());
    field(out, row.returnValue() == null ? null : row.returnValue().utf8());
    field(out, utf8(row.chunkId()));
    field(out, utf8(row.cacheType()));
    field(out, jsonb(row.queryparam()));
    field(out, microseconds(row.createTime()));
    field(out, microseconds(row.updateTime()));
    return out.toByteArray();
  }

  private static int size(CacheRow row) {
    int prompt = row.originalPrompt() == null ? 0 : row.originalPrompt().utf8().length;
    int answer = row.returnValue() == null ? 0 : row.returnValue().utf8().length;
    return prompt + answer + 512;
  }

  private static byte @Nullable [] utf8(@Nullable String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte @Nullable [] jsonb(@Nullable String json) {
    if (json == null) {
      return null;
    }
    byte[] text = json.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(1 + text.length).put((byte) JSONB_VERSION).put(text).array();
  }

  private static byte[] microseconds(LocalDateTime time) {
    long seconds = time.toEpochSecond(ZoneOffset.UTC) - EPOCH_SECONDS;
    return ByteBuffer.allocate(Long.BYTES)
        .putLong(seconds * 1_000_000 + time.getNano() / 1000)
        .array();
  }

  private static void field(ByteArrayOutputStream out, byte @Nullable [] value) {
    int length = value == null ? -1 : value.length;
    out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(length).array());
    if (value != null) {
      out.writeBytes(value);
    }
  }
}

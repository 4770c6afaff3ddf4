package io.github.lightragmigrate.spi;

/** What a store is opened for. */
public enum Access {
  /** Read only: nothing is created, altered or rewritten, whatever is called. */
  SOURCE,
  /** Read and write: what LightRAG would create at start-up may be created. */
  TARGET
}

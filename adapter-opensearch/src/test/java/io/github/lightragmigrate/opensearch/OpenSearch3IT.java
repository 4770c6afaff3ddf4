package io.github.lightragmigrate.opensearch;

class OpenSearch3IT extends OpenSearchBehaviour {

  @Override
  Server server() {
    return Server.v3();
  }

  @Override
  boolean sortsByShardDoc() {
    return true;
  }
}

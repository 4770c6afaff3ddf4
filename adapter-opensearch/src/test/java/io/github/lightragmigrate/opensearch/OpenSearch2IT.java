package io.github.lightragmigrate.opensearch;

class OpenSearch2IT extends OpenSearchBehaviour {

  @Override
  Server server() {
    return Server.v2();
  }

  @Override
  boolean sortsByShardDoc() {
    return false;
  }
}

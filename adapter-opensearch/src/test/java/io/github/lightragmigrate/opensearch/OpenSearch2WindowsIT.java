package io.github.lightragmigrate.opensearch;

class OpenSearch2WindowsIT extends WindowsBehaviour {

  @Override
  Server server() {
    return Server.v2();
  }
}

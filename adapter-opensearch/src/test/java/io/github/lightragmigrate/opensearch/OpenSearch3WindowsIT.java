package io.github.lightragmigrate.opensearch;

class OpenSearch3WindowsIT extends WindowsBehaviour {

  @Override
  Server server() {
    return Server.v3();
  }
}

package io.github.lightragmigrate.opensearch;

class OpenSearch3ContractIT extends OpenSearchContract {

  @Override
  Server server() {
    return Server.v3();
  }
}

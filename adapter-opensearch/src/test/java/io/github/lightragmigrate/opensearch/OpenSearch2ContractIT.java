package io.github.lightragmigrate.opensearch;

class OpenSearch2ContractIT extends OpenSearchContract {

  @Override
  Server server() {
    return Server.v2();
  }
}

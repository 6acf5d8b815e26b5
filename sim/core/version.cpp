#include "entente/core/version.hpp"

#include "entente_version.hpp"

namespace entente {

std::string_view version() { return ENTENTE_VERSION; }

std::string_view git_hash() { return ENTENTE_GIT_HASH; }

std::string_view compiler() { return ENTENTE_COMPILER; }

}  // namespace entente

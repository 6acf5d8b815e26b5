#include "lab/page/page.hpp"

// Made by tools/lab/CMakeLists.txt around the built page.
extern "C" {
extern const char entente_page_begin[];
extern const char entente_page_end[];
}

namespace entente::lab {

std::string_view page_html() { return {entente_page_begin, entente_page_end}; }

}  // namespace entente::lab

#include "lab/page/page.hpp"

#include <zlib.h>

#include <cstdint>
#include <new>
#include <stdexcept>

// Made by tools/lab/CMakeLists.txt around the built page.
extern "C" {
extern const char entente_page_begin[];
extern const char entente_page_end[];
}

namespace entente::lab {
namespace {

std::string deflated(std::string_view text) {
  uLongf size = compressBound(static_cast<uLong>(text.size()));
  std::string out(size, '\0');
  const int status = compress2(reinterpret_cast<Bytef*>(out.data()), &size,
                               reinterpret_cast<const Bytef*>(text.data()),
                               static_cast<uLong>(text.size()), Z_BEST_COMPRESSION);
  if (status != Z_OK) throw std::bad_alloc();  // there is room, so nothing else can go wrong
  out.resize(size);
  return out;
}

/// Letters, digits, +, / and =: nothing in it can end an element of a page.
std::string base64(std::string_view bytes) {
  constexpr std::string_view digits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const auto byte = [&](std::size_t x) -> std::uint32_t {
    return x < bytes.size() ? static_cast<unsigned char>(bytes[x]) : 0U;
  };
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t x = 0; x < bytes.size(); x += 3) {
    const std::uint32_t three = byte(x) << 16U | byte(x + 1) << 8U | byte(x + 2);
    out += digits[three >> 18U];
    out += digits[three >> 12U & 63U];
    out += x + 1 < bytes.size() ? digits[three >> 6U & 63U] : '=';
    out += x + 2 < bytes.size() ? digits[three & 63U] : '=';
  }
  return out;
}

/// Replaces what stands in the page exactly once.
void replace_once(std::string& page, std::string_view from, std::string_view to) {
  const auto at = page.find(from);
  if (at == std::string::npos || page.find(from, at + 1) != std::string::npos) {
    throw std::logic_error("the page does not have once: " + std::string(from));
  }
  page.replace(at, from.size(), to);
}

}  // namespace

std::string_view page_html() { return {entente_page_begin, entente_page_end}; }

std::string page_with_data(std::string_view bundle) {
  constexpr std::string_view open = R"(<script id="entente-data" type="text/plain">)";
  constexpr std::string_view close = "</script>";
  std::string page(page_html());
  // It has all that it shows, and is to ask nobody for more.
  replace_once(page, "; connect-src 'self'", "; connect-src 'none'");
  replace_once(page, std::string(open) + std::string(close),
               std::string(open) + base64(deflated(bundle)) + std::string(close));
  return page;
}

}  // namespace entente::lab

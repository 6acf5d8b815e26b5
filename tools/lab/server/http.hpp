#pragma once

#include <atomic>
#include <memory>

#include "lab/server/api.hpp"
#include "lab/server/lobby.hpp"

namespace entente::lab {

/// Speaks HTTP with those who were let in: finds what they ask for, and sends it. The only place
/// that knows the library for HTTP.
///
/// Each connection serves one request. The library reads nothing but a head that was written anew
/// and as much of a body as that states, so what it is known to get wrong (endless lines and
/// chunks, fields that shadow others, ranges, encodings) does not reach it.
class Http {
 public:
  /// @param stop  ends all that goes on
  Http(Api& api, const std::atomic<bool>& stop);
  Http(const Http&) = delete;
  Http& operator=(const Http&) = delete;
  ~Http();

  /// Reads the body of a request and answers it. Throws nothing. Safe from several threads.
  void answer(const Visitor& visitor);

 private:
  class Library;
  std::unique_ptr<Library> library_;
};

}  // namespace entente::lab

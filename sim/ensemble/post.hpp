#pragma once

#include <cstddef>
#include <optional>
#include <string>

namespace entente::detail {

struct Letter {
  std::size_t from = 0;  ///< rank
  std::string text;      ///< any bytes
};

/// Carries letters between the processes of a sweep. Letters from one process to another arrive in
/// the order in which they were sent. Nothing here waits but the destructor, which waits until the
/// others have got their letters. May be used by several threads at once.
class Post {
 public:
  Post() = default;
  Post(const Post&) = delete;
  Post& operator=(const Post&) = delete;
  virtual ~Post() = default;

  [[nodiscard]] virtual std::size_t rank() const noexcept = 0;
  [[nodiscard]] virtual std::size_t size() const noexcept = 0;
  virtual void send(std::size_t to, std::string text) = 0;
  /// A letter that has arrived, if there is one.
  [[nodiscard]] virtual std::optional<Letter> receive() = 0;
  /// Ends all processes.
  [[noreturn]] virtual void abort(int exit_code) = 0;
};

/// What the module libentente_mpi.so has to offer: joins the processes, once in the life of each.
/// Null and a reason in `problem` where it cannot. It throws nothing; the name changes with Post.
using OpenPost = Post*(std::string* problem);
inline constexpr const char* open_post_name = "entente_open_post_1";

}  // namespace entente::detail

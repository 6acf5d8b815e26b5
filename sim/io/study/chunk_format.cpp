#include "io/study/chunk_format.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <concepts>
#include <limits>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <system_error>

#include "io/hash.hpp"
#include "io/posix_file.hpp"

namespace entente::detail {
namespace {

constexpr std::string_view magic = "entchunk";
constexpr std::uint32_t version = 1;
constexpr std::size_t hash_size = 16;
constexpr std::size_t names_offset = 88;
constexpr std::uint64_t one_nan = 0x7ff8000000000000U;

template <std::unsigned_integral T>
void put(std::string& to, T value) {
  char bytes[sizeof(T)];
  for (std::size_t byte = 0; byte < sizeof(T); ++byte) {
    bytes[byte] = static_cast<char>(static_cast<unsigned char>(value >> (8 * byte)));
  }
  to.append(bytes, sizeof(T));
}

template <std::unsigned_integral T>
T get(std::string_view from, std::size_t offset) {
  T value = 0;
  for (std::size_t byte = 0; byte < sizeof(T); ++byte) {
    value |= static_cast<T>(static_cast<unsigned char>(from[offset + byte])) << (8 * byte);
  }
  return value;
}

/// What a plan does not say of a file.
struct Content {
  std::uint64_t message_bytes = 0;
  std::string data_hash;
};

std::string make_header(const ChunkPlan& plan, std::uint64_t index,
                        const std::string& identity_hash, const Content& content) {
  std::string names;
  for (const auto& name : plan.columns) names += name + '\n';
  names.resize((names.size() + 7) / 8 * 8);
  std::string header(magic);
  put(header, version);
  put(header, static_cast<std::uint32_t>(names_offset + names.size() + hash_size));
  put(header, index);
  put(header, plan.first_row(index));
  put(header, plan.rows_in(index));
  put(header, std::uint64_t{plan.columns.size()});
  put(header, content.message_bytes);
  header += identity_hash + content.data_hash + names;
  return header + hash128(header);
}

/// Throws unless a chunk is what its plan says.
void require_planned(const Chunk& chunk, const ChunkPlan& plan) {
  if (chunk.first_row != plan.first_row(chunk.index) || chunk.rows != plan.rows_in(chunk.index) ||
      chunk.values.size() != chunk.rows * plan.columns.size()) {
    throw std::invalid_argument("the chunk has other rows or columns than planned");
  }
  std::uint64_t next = chunk.first_row;
  for (const auto& failure : chunk.failures) {
    if (failure.row < next || failure.row >= chunk.first_row + chunk.rows) {
      throw std::invalid_argument("failures are not rows of the chunk in order");
    }
    if (failure.message.size() > std::numeric_limits<std::uint32_t>::max()) {
      throw std::invalid_argument("the message of a failure is too long");
    }
    next = failure.row + 1;
  }
}

/// Says what the header of a file, itself whole, has that was not expected; nothing if all is well.
std::optional<std::string> difference(std::string_view found, std::string_view expected) {
  const auto number = [&](std::size_t offset) { return get<std::uint64_t>(found, offset); };
  const auto differ = [&](std::size_t offset, std::size_t size) {
    return found.substr(offset, size) != expected.substr(offset, size);
  };
  if (differ(56, hash_size)) return "of another study";
  if (differ(16, 8)) return fmt::format("holds chunk {}", number(16));
  if (differ(24, 16)) return fmt::format("holds {} rows from {} on", number(32), number(24));
  if (differ(40, 8) || differ(names_offset, found.size())) return "has other columns";
  return std::nullopt;
}

/// The texts after the states, one for each row that failed; nothing where they make no sense.
std::optional<std::vector<RowFailure>> decode_failures(std::string_view states,
                                                       std::string_view messages,
                                                       std::uint64_t first_row) {
  std::vector<RowFailure> failures;
  for (std::size_t row = 0; row < states.size(); ++row) {
    if (states[row] == 0) continue;
    if (states[row] != 1 || messages.size() < 4) return std::nullopt;
    const std::size_t size = get<std::uint32_t>(messages, 0);
    messages.remove_prefix(4);
    if (size > messages.size()) return std::nullopt;
    failures.push_back({first_row + row, std::string(messages.substr(0, size))});
    messages.remove_prefix(size);
  }
  if (!messages.empty()) return std::nullopt;
  return failures;
}

/// Reads a file from its beginning to its end, checking as it goes.
class ChunkReader {
 public:
  ChunkReader(const std::filesystem::path& path, const Descriptor& file) : file_(file) {
    struct stat status {};
    if (::fstat(file_.get(), &status) != 0) fail_file("read the file", path, errno);
    if (!S_ISREG(status.st_mode))
      fail_file("read the file", path, S_ISDIR(status.st_mode) ? EISDIR : EINVAL);
    size_ = static_cast<std::uint64_t>(status.st_size);
  }

  /// Why the file is damaged; nothing where `chunk` got all of it.
  std::optional<std::string> read(const ChunkPlan& plan, std::uint64_t index,
                                  const std::string& identity_hash, Chunk& chunk);

 private:
  /// The next bytes of the file; fewer where it ends.
  std::string next(std::uint64_t size);
  [[nodiscard]] std::string cut_off(std::uint64_t size) const {
    return fmt::format("cut off: {} bytes of {}", size_, size);
  }

  const Descriptor& file_;
  std::uint64_t size_ = 0;
};

std::string ChunkReader::next(std::uint64_t size) {
  std::string bytes(std::min(size, size_), '\0');
  const auto count = read_bytes(file_, bytes.data(), bytes.size());
  if (count < 0) throw std::system_error(static_cast<int>(-count), std::generic_category());
  bytes.resize(static_cast<std::size_t>(count));
  return bytes;
}

std::optional<std::string> ChunkReader::read(const ChunkPlan& plan, std::uint64_t index,
                                             const std::string& identity_hash, Chunk& chunk) {
  chunk = plan.blank(index);
  const std::string expected = make_header(plan, index, identity_hash, {0, std::string(16, '\0')});
  const std::size_t value_bytes = chunk.values.size() * sizeof(double);
  const std::uint64_t least = expected.size() + value_bytes + chunk.rows;  // without messages
  const std::string header = next(expected.size());
  if (header.size() < 16) return cut_off(least);
  if (!header.starts_with(magic)) return "is no chunk, or its header is altered";
  if (const auto found = get<std::uint32_t>(header, 8); found != version) {
    return fmt::format("has format {}; allowed: {}", found, version);
  }
  if (get<std::uint32_t>(header, 12) != expected.size()) {
    return "has other columns, or its header is altered";
  }
  if (header.size() < expected.size()) return cut_off(least);
  const std::size_t hashed = header.size() - hash_size;
  if (header.substr(hashed) != hash128(std::string_view(header).substr(0, hashed))) {
    return "its header is altered";
  }
  if (auto reason = difference(std::string_view(header).substr(0, hashed),
                               std::string_view(expected).substr(0, hashed))) {
    return reason;
  }

  const std::uint64_t whole = least + get<std::uint64_t>(header, 48);
  if (size_ < whole) return cut_off(whole);
  if (size_ > whole) return fmt::format("too long: {} bytes, not {}", size_, whole);
  const std::string data = next(whole - header.size());
  if (hash128(data) != header.substr(72, hash_size)) return "its data are altered";

  for (std::size_t x = 0; x < chunk.values.size(); ++x) {
    chunk.values[x] = std::bit_cast<double>(get<std::uint64_t>(data, 8 * x));
  }
  const auto rest = std::string_view(data).substr(value_bytes);
  auto failures =
      decode_failures(rest.substr(0, chunk.rows), rest.substr(chunk.rows), chunk.first_row);
  if (!failures) return "its messages make no sense";
  chunk.failures = std::move(*failures);
  return std::nullopt;
}

}  // namespace

std::string encode_chunk(const Chunk& chunk, const ChunkPlan& plan,
                         const std::string& identity_hash) {
  require_planned(chunk, plan);
  std::string data;
  data.reserve(chunk.values.size() * sizeof(double) + chunk.rows);
  for (const double value : chunk.values) {
    // Which NaN an operation gives depends on the machine.
    put(data, value != value ? one_nan : std::bit_cast<std::uint64_t>(value));
  }
  std::string states(chunk.rows, '\0');
  std::string messages;
  for (const auto& failure : chunk.failures) {
    states[failure.row - chunk.first_row] = 1;
    put(messages, static_cast<std::uint32_t>(failure.message.size()));
    messages += failure.message;
  }
  data += states;
  data += messages;
  return make_header(plan, chunk.index, identity_hash, {messages.size(), hash128(data)}) + data;
}

ChunkReading read_chunk(const std::filesystem::path& path, const ChunkPlan& plan,
                        std::uint64_t index, const std::string& identity_hash) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.open() && errno == ENOENT) return {};
  if (!file.open()) fail_file("open the file", path, errno);
  ChunkReading reading{ChunkState::whole, {}, {}};
  try {
    const auto reason = ChunkReader(path, file).read(plan, index, identity_hash, reading.chunk);
    if (reason) reading = {ChunkState::damaged, *reason, {}};
  } catch (const std::system_error& error) {
    if (error.code().value() != EIO) fail_file("read the file", path, error.code().value());
    reading = {ChunkState::damaged, "cannot be read: " + error.code().message(), {}};
  }
  return reading;
}

}  // namespace entente::detail

#include "io/result/steady_file.hpp"

#include <H5FDpublic.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <limits>
#include <system_error>

namespace entente::hdf5 {
namespace {

/// What the access property list carries to the driver.
struct Properties {
  int* error;
};

/// An open file. HDF5 sees the first member only.
struct File {
  H5FD_t base;
  int descriptor;
  int* error;
  haddr_t end_of_addresses;
  haddr_t end_of_file;
};

File& of(H5FD_t* file) { return *reinterpret_cast<File*>(file); }
const File& of(const H5FD_t* file) { return *reinterpret_cast<const File*>(file); }

H5FD_t* open_file(const char* name, unsigned flags, hid_t access, haddr_t) {
  const auto* properties = static_cast<const Properties*>(H5Pget_driver_info(access));
  if (properties == nullptr) return nullptr;
  int mode = (flags & H5F_ACC_RDWR) != 0 ? O_RDWR : O_RDONLY;
  if ((flags & H5F_ACC_CREAT) != 0) mode |= O_CREAT;
  if ((flags & H5F_ACC_TRUNC) != 0) mode |= O_TRUNC;
  const int descriptor = ::open(name, mode | O_CLOEXEC, 0666);
  if (descriptor < 0) {
    *properties->error = errno;
    return nullptr;
  }
  struct stat status {};
  ::fstat(descriptor, &status);
  auto* file = new (std::nothrow)
      File{{}, descriptor, properties->error, 0, static_cast<haddr_t>(status.st_size)};
  if (file == nullptr) {
    ::close(descriptor);
    return nullptr;
  }
  return &file->base;
}

herr_t close_file(H5FD_t* file) {
  ::close(of(file).descriptor);
  delete &of(file);
  return 0;
}

herr_t query(const H5FD_t*, unsigned long* flags) {
  *flags = H5FD_FEAT_AGGREGATE_METADATA | H5FD_FEAT_ACCUMULATE_METADATA | H5FD_FEAT_DATA_SIEVE |
           H5FD_FEAT_AGGREGATE_SMALLDATA;
  return 0;
}

haddr_t end_of_addresses(const H5FD_t* file, H5FD_mem_t) { return of(file).end_of_addresses; }

herr_t set_end_of_addresses(H5FD_t* file, H5FD_mem_t, haddr_t address) {
  of(file).end_of_addresses = address;
  return 0;
}

haddr_t end_of_file(const H5FD_t* file, H5FD_mem_t) { return of(file).end_of_file; }

herr_t read_file(H5FD_t* file, H5FD_mem_t, hid_t, haddr_t address, std::size_t size, void* buffer) {
  auto* out = static_cast<char*>(buffer);
  while (size > 0) {
    const auto count = ::pread(of(file).descriptor, out, size, static_cast<off_t>(address));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return -1;
    if (count == 0) {  // what was allocated but not written reads as zeros
      std::memset(out, 0, size);
      return 0;
    }
    out += count;
    address += static_cast<haddr_t>(count);
    size -= static_cast<std::size_t>(count);
  }
  return 0;
}

herr_t write_file(H5FD_t* file, H5FD_mem_t, hid_t, haddr_t address, std::size_t size,
                  const void* buffer) {
  const auto* in = static_cast<const char*>(buffer);
  while (size > 0 && *of(file).error == 0) {
    const auto count = ::pwrite(of(file).descriptor, in, size, static_cast<off_t>(address));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) {
      *of(file).error = count < 0 ? errno : ENOSPC;
      break;
    }
    in += count;
    address += static_cast<haddr_t>(count);
    size -= static_cast<std::size_t>(count);
  }
  of(file).end_of_file = std::max(of(file).end_of_file, address + size);
  return 0;
}

herr_t truncate_file(H5FD_t* file, hid_t, hbool_t) {
  const haddr_t size = of(file).end_of_addresses;
  if (size == of(file).end_of_file) return 0;
  if (*of(file).error == 0 && ::ftruncate(of(file).descriptor, static_cast<off_t>(size)) != 0) {
    *of(file).error = errno;
  }
  of(file).end_of_file = size;
  return 0;
}

H5FD_class_t driver_class() {
  H5FD_class_t driver{};
  driver.name = "entente";
  driver.maxaddr = static_cast<haddr_t>(std::numeric_limits<off_t>::max());
  driver.fc_degree = H5F_CLOSE_WEAK;
  driver.fapl_size = sizeof(Properties);
  driver.open = open_file;
  driver.close = close_file;
  driver.query = query;
  driver.get_eoa = end_of_addresses;
  driver.set_eoa = set_end_of_addresses;
  driver.get_eof = end_of_file;
  driver.read = read_file;
  driver.write = write_file;
  driver.truncate = truncate_file;
  constexpr H5FD_mem_t map[] = H5FD_FLMAP_DICHOTOMY;
  std::copy(std::begin(map), std::end(map), driver.fl_map);
  return driver;
}

}  // namespace

void SteadyFile::use_in(hid_t access) const {
  static const H5FD_class_t driver = driver_class();
  static const hid_t id = H5FDregister(&driver);
  const Properties properties{error_.get()};
  check(H5Pset_driver(access, id, &properties), "property list");
}

void SteadyFile::require_written() const {
  if (*error_ == 0) return;
  throw Failure(fmt::format("the file: {}", std::generic_category().message(*error_)));
}

}  // namespace entente::hdf5

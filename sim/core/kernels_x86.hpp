// The kernels in terms of the vector operations `V` of one level. No include guard: kernels.cpp
// includes this once for each level, inside its namespace and compiled for its target.

/// One round of Philox on counters that stand in the even places of 64-bit units; what is in the
/// odd places is of no account.
struct Counters {
  V::I a, b, c, d;

  void round(V::I key0, V::I key1) {
    const V::I p0 = V::multiply(a, V::all(static_cast<std::int32_t>(0xD2511F53U)));
    const V::I p1 = V::multiply(c, V::all(static_cast<std::int32_t>(0xCD9E8D57U)));
    a = V::exclusive_or(V::high(p1), b, key0);
    c = V::exclusive_or(V::high(p0), d, key1);
    b = p1;
    d = p0;
  }
};

inline void philox(std::uint64_t key, const std::uint32_t* first, std::uint32_t second,
                   std::uint32_t third, const std::uint32_t* last, std::size_t count,
                   const std::array<std::uint32_t*, 4>& out) {
  const V::I b = V::all(static_cast<std::int32_t>(second));
  const V::I c = V::all(static_cast<std::int32_t>(third));
  for (std::size_t x = 0; x < count; x += V::width) {
    const V::I a = V::load(first + x);
    const V::I d = V::load(last + x);
    Counters even{a, b, c, d};
    Counters odd{V::high(a), b, c, V::high(d)};
    auto key0 = static_cast<std::uint32_t>(key);
    auto key1 = static_cast<std::uint32_t>(key >> 32);
    for (int round = 0; round < 10; ++round) {
      const V::I k0 = V::all(static_cast<std::int32_t>(key0));
      const V::I k1 = V::all(static_cast<std::int32_t>(key1));
      even.round(k0, k1);
      odd.round(k0, k1);
      key0 += 0x9E3779B9U;
      key1 += 0xBB67AE85U;
    }
    V::store(out[0] + x, V::interleave(even.a, odd.a));
    V::store(out[1] + x, V::interleave(even.b, odd.b));
    V::store(out[2] + x, V::interleave(even.c, odd.c));
    V::store(out[3] + x, V::interleave(even.d, odd.d));
  }
}

/// A block of `height` rows and `span` vectors of lanes, sums in registers.
template <std::size_t height, std::size_t span>
inline void product_block(const std::int32_t* a, std::size_t words, const std::int32_t* b,
                          std::size_t lanes, std::int32_t* out) {
  V::I sum[height][span];
  for (std::size_t i = 0; i < height; ++i) {
    for (std::size_t v = 0; v < span; ++v) sum[i][v] = V::all(0);
  }
  for (std::size_t w = 0; w < words; ++w) {
    V::I values[span];
    for (std::size_t v = 0; v < span; ++v) values[v] = V::load(b + w * lanes + v * V::width);
    for (std::size_t i = 0; i < height; ++i) {
      const V::I weights = V::all(a[i * words + w]);
      for (std::size_t v = 0; v < span; ++v) {
        sum[i][v] = V::add_products(sum[i][v], weights, values[v]);
      }
    }
  }
  for (std::size_t i = 0; i < height; ++i) {
    for (std::size_t v = 0; v < span; ++v) V::store(out + i * lanes + v * V::width, sum[i][v]);
  }
}

template <std::size_t span>
inline void product_columns(const std::int32_t* a, std::size_t rows, std::size_t words,
                            const std::int32_t* b, std::size_t lanes, std::int32_t* out) {
  std::size_t i = 0;
  for (; i + V::height <= rows; i += V::height) {
    product_block<V::height, span>(a + i * words, words, b, lanes, out + i * lanes);
  }
  for (; i < rows; ++i) product_block<1, span>(a + i * words, words, b, lanes, out + i * lanes);
}

inline void product(const std::int32_t* a, std::size_t rows, std::size_t words,
                    const std::int32_t* b, std::size_t lanes, std::int32_t* out) {
  std::size_t l = 0;
  for (; l + V::span * V::width <= lanes; l += V::span * V::width) {
    product_columns<V::span>(a, rows, words, b + l, lanes, out + l);
  }
  for (; l < lanes; l += V::width) product_columns<1>(a, rows, words, b + l, lanes, out + l);
}

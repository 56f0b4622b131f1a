/* The lecture's six optimisers on Rosenbrock's function, as one would write them in C, and
   Adam from many starts at once, laid out so that the compiler can vectorise it. */
#include <math.h>
#include <stdlib.h>

static void gradient(const double *p, double *g) {
  double x = p[0], r = p[1] - x * x;
  g[0] = -2 * (1 - x) - 400 * x * r;
  g[1] = 200 * r;
}

static void sgd(double *path, int n, double rate) {
  double x[2] = {path[0], path[1]}, g[2];
  for (int k = 1; k <= n; k++) {
    gradient(x, g);
    for (int i = 0; i < 2; i++) path[2 * k + i] = x[i] -= rate * g[i];
  }
}

static void momentum(double *path, int n, double rate, double beta, int look_ahead) {
  double x[2] = {path[0], path[1]}, v[2] = {0, 0}, at[2], g[2];
  for (int k = 1; k <= n; k++) {
    for (int i = 0; i < 2; i++) at[i] = look_ahead ? x[i] + beta * v[i] : x[i];
    gradient(at, g);
    for (int i = 0; i < 2; i++) {
      v[i] = beta * v[i] - rate * g[i];
      path[2 * k + i] = x[i] += v[i];
    }
  }
}

static void adagrad(double *path, int n, double rate, double epsilon) {
  double x[2] = {path[0], path[1]}, G[2] = {0, 0}, g[2];
  for (int k = 1; k <= n; k++) {
    gradient(x, g);
    for (int i = 0; i < 2; i++) {
      G[i] += g[i] * g[i];
      path[2 * k + i] = x[i] -= rate / sqrt(G[i] + epsilon) * g[i];
    }
  }
}

static void rmsprop(double *path, int n, double rate, double decay, double epsilon) {
  double x[2] = {path[0], path[1]}, G[2] = {0, 0}, g[2];
  for (int k = 1; k <= n; k++) {
    gradient(x, g);
    for (int i = 0; i < 2; i++) {
      G[i] = decay * G[i] + (1 - decay) * g[i] * g[i];
      path[2 * k + i] = x[i] -= rate / sqrt(G[i] + epsilon) * g[i];
    }
  }
}

static void adam(double *path, int n, double rate, double beta1, double beta2, double epsilon) {
  double x[2] = {path[0], path[1]}, v[2] = {0, 0}, G[2] = {0, 0}, g[2];
  for (int k = 1; k <= n; k++) {
    gradient(x, g);
    for (int i = 0; i < 2; i++) {
      v[i] = beta1 * v[i] + (1 - beta1) * g[i];
      G[i] = beta2 * G[i] + (1 - beta2) * g[i] * g[i];
      path[2 * k + i] = x[i] -= rate / sqrt(G[i] + epsilon) * v[i];
    }
  }
}

/* paths: 6 rows of n + 1 points, the start in each row's first; rates: one for each row */
void six_paths(double *paths, int n, const double *rates) {
  int row = 2 * (n + 1);
  sgd(paths, n, rates[0]);
  momentum(paths + row, n, rates[1], 0.9, 0);
  momentum(paths + 2 * row, n, rates[2], 0.9, 1);
  adagrad(paths + 3 * row, n, rates[3], 1e-8);
  rmsprop(paths + 4 * row, n, rates[4], 0.9, 1e-8);
  adam(paths + 5 * row, n, rates[5], 0.9, 0.999, 1e-8);
}

#define LANES 1024

/* xs, ys: count starts (a multiple of LANES), replaced by where Adam is after n steps */
void adam_from_everywhere(float *xs, float *ys, int count, int n, float rate) {
  const float beta1 = 0.9f, beta2 = 0.999f, epsilon = 1e-8f;
#pragma omp parallel for schedule(static)
  for (int block = 0; block < count; block += LANES) {
    float *x = xs + block, *y = ys + block;
    float vx[LANES] = {0}, vy[LANES] = {0}, Gx[LANES] = {0}, Gy[LANES] = {0};
    for (int k = 0; k < n; k++) {
#pragma omp simd
      for (int i = 0; i < LANES; i++) {
        float r = y[i] - x[i] * x[i];
        float gx = -2 * (1 - x[i]) - 400 * x[i] * r, gy = 200 * r;
        vx[i] = beta1 * vx[i] + (1 - beta1) * gx;
        vy[i] = beta1 * vy[i] + (1 - beta1) * gy;
        Gx[i] = beta2 * Gx[i] + (1 - beta2) * gx * gx;
        Gy[i] = beta2 * Gy[i] + (1 - beta2) * gy * gy;
        x[i] -= rate * vx[i] / sqrtf(Gx[i] + epsilon);
        y[i] -= rate * vy[i] / sqrtf(Gy[i] + epsilon);
      }
    }
  }
}
